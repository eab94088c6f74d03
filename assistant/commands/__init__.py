"""The command line: ``index``, ``check``, ``search``, ``ask``; ``ui.command`` adds ``serve``."""
