"""Languages as readers of an export see them: their own names, and the side they begin on."""

from babel import Locale, UnknownLocaleError

from knowledge.language.text import is_right_to_left


def own_name(language: str) -> str:
    """What a language is called in itself: العربية of ``ar``; the tag of an unknown one."""
    try:
        name = Locale.parse(language, sep="-").get_display_name() or language
    except (UnknownLocaleError, ValueError):
        return language
    return name[:1].upper() + name[1:]


def direction(language: str) -> str:
    """``rtl`` or ``ltr``, as HTML has it."""
    return "rtl" if is_right_to_left(language) else "ltr"
