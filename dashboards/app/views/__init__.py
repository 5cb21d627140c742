"""One module a page, each with one function that draws it."""
