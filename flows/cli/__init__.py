"""The command line, one module a family of commands: arguments and help only; what a command does is in ``flows.commands``."""
