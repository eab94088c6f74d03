"""The command line: a module for each command or two; ``ui.command`` adds ``serve``."""
