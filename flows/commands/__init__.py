"""One module a family of commands: from arguments to a room and back to a terminal."""
