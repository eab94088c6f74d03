"""The tabs of the class, each a module with ``tab(page)``."""
