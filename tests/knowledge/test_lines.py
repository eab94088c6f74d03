"""Lines of a text, counted once."""

from knowledge.formats.lines import Lines


class _Counted(str):  # noqa: SLOT000
    """A text that knows how many of its characters were looked at for line ends."""

    seen = 0

    def count(self, sub: str, start: int = 0, end: int | None = None) -> int:  # type: ignore[override]
        self.seen += (len(self) if end is None else end) - start
        return str(self).count(sub, start, end)


def test_each_place_has_its_line_and_no_character_is_looked_at_twice() -> None:
    text = _Counted("ebb\n\nflow\n" * 100)
    lines = Lines(text, first=5)
    places = [place for place in range(len(text)) if text.startswith("flow", place)]
    assert [lines.of(place) for place in places] == [7 + 3 * n for n in range(100)]
    assert lines.of(places[-1]) == 304
    assert text.seen <= len(text)
