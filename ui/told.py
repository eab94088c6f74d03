"""What a browser tells: each value as what it is to be, or not at all."""


def text(value: object) -> str:
    """A value that is text, else nothing; half a surrogate pair is no text, and cannot be sent."""
    if not isinstance(value, str) or any("\ud800" <= sign <= "\udfff" for sign in value):
        return ""
    return value


def number(value: object) -> int | None:
    """A value that is a whole number, else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
