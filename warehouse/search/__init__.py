"""Full-text search: a tantivy index beside the warehouse, kept up every night, found in with a published file at hand.

Belongs here: what is indexed and how words are folded (``schema``), where the index lies and whether it is whole
(``shelf``), bringing it up to the warehouse (``update``), asking it (``find``). Not here: masking. The index is given
texts that are masked already, so nobody finds a private person by name, and a snippet can be shown as it is.
"""
