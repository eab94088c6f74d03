"""Lines: on which line of a text a place stands, and how far a line is indented."""


def indent_of(line: str) -> int:
    """How many characters of white space a line begins with."""
    return len(line) - len(line.lstrip())


class Lines:
    """The line of each place that is asked for, in order: what was counted is not counted again."""

    def __init__(self, text: str, first: int = 1) -> None:
        self._text, self._line, self._counted = text, first, 0

    def of(self, place: int) -> int:
        """The line on which a character stands, none before that which was asked for last."""
        self._line += self._text.count("\n", self._counted, place)
        self._counted = place
        return self._line
