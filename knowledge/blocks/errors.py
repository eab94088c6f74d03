"""What is wrong with a block."""


class BlockError(ValueError):
    """A block cannot be drawn; the message says what is wrong, and goes on with “a formula …”."""
