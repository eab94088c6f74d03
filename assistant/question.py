"""A question: its language, the things it asks, and the standalone question that was understood."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import cast

from assistant import QuestionError
from assistant.answer import Answer, Kind
from assistant.context import Context
from assistant.extent import Length, Level
from assistant.phrases import Phrases, languages, phrases
from assistant.piece import Finder
from assistant.reading import Ask, Reader
from assistant.said import Said
from knowledge.glossary import Glossary
from knowledge.grammar import content, function_words, spoken
from knowledge.language import base, clean, detect
from knowledge.names import Mentions, Names
from knowledge.words import fold

MOST_CHARACTERS = 2000
"""A question is about a term or two; a longer text is a slip of the clipboard."""

_MOST_ASKS = 4
_ANY = ("pls", "plz", "please", "ok", "okay")  # in whatever language people chat


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was understood."""

    asked: str
    understood: str
    """The question by itself: with what it takes for granted from the conversation."""
    spoken: str
    """The language it is asked in."""
    language: str
    """The language to answer in: one of the glossary's, or one that the assistant speaks."""
    asks: tuple[Ask, ...]
    """The things that it asks, one or more."""
    length: Length = "normal"
    level: Level = "normal"
    category: str = ""
    """The category to which the answer keeps; of the whole glossary, none."""
    small_talk: str | None = None
    """``greeting``, ``thanks``, ``goodbye`` or ``about``, if it asks about no term."""

    @property
    def kind(self) -> Kind:
        """What it asks for first."""
        return self.asks[0].kind

    def kept_to(self, category: str, ids: Collection[str]) -> "Question":
        """The question asked within a category, of which these are the ids.

        Where it asks for a list and says not of what, it asks for that of the category.
        """
        asks = (replace(ask, focus=tuple(i for i in ask.focus if i in ids)) for ask in self.asks)
        asks = (replace(ask, category=category) if _is_any_list(ask) else ask for ask in asks)
        return replace(self, category=category, asks=tuple(asks))

    @property
    def leans(self) -> bool:
        """Whether it points at something that the conversation does not tell."""
        return any(ask.leans for ask in self.asks)


def _is_any_list(ask: Ask) -> bool:
    if ask.kind != "list" or ask.category:
        return False
    topic = Said.of(ask.text).without(phrases(ask.spoken).kinds["list"])
    return not content(fold(topic.text).split(), ask.spoken, aspects=False)


def understand(  # noqa: PLR0913  (what a reader may choose)
    text: str,
    glossary: Glossary,
    names: Names,
    history: Sequence[Answer] = (),
    *,
    language: str | None = None,
    length: Length = "normal",
    level: Level = "normal",
) -> Question:
    """What a question asks, from its words and, for a follow-up, from the answers before it.

    Args:
        text: the question as typed.
        glossary: whose languages may be answered in.
        names: the glossary's names.
        history: the conversation's answers so far, oldest first.
        language: the language to answer in, if the reader chose one.
        length: how long the answer is to be, unless the question says it.
        level: for whom, unless the question says it.

    Raises:
        QuestionError: the question is empty, too long, or has no letter or digit in it.
    """
    asked = checked(text)
    told = _told(asked, glossary)
    finder = Finder(glossary, names)
    mentions = finder.find(asked, told)
    heard = _heard(asked, told, mentions, glossary, history)
    words = phrases(heard)
    said = Said.of(asked)
    style, bare = _styled(said, words)
    answered = _offered(style.get("language") or language, glossary) or _offered(heard, glossary)
    answered = answered or detect(asked, glossary.languages) or _common(glossary)
    question = Question(
        asked,
        asked,
        heard,
        answered,
        (Ask(asked, heard, "define", ()),),
        cast("Length", style.get("length", length)),
        cast("Level", style.get("level", level)),
    )
    context = Context.of(history)
    small_talk = next((k for k, p in words.small_talk.items() if p.search(said.plain)), None)
    if small_talk and context.latest and said.finds(words.refer.implied):
        small_talk = None  # in Arabic “how do you work” is also “how does it work”
    if small_talk and not mentions.found:
        return replace(question, small_talk=small_talk)
    reader = Reader(finder, words, heard)
    retells = style or (said.finds(words.refer.retell) and not _less(said).plain)
    if retells and context.asked and reader.says_nothing(bare, _less(bare)):
        return _again(question, history, glossary, names)
    if not any(map(str.isalnum, bare.plain)):
        bare = said
    asks = _asks(bare, reader, context)
    if not style and len(asks) == 1 and asks[0].text in (bare.text, said.text):
        asks = (replace(asks[0], text=asked),)  # as it was typed
    return replace(question, understood=_joined(asks), asks=asks)


def _joined(asks: Sequence[Ask]) -> str:
    """The texts of asks as one; where one ends without a mark, with a semicolon."""
    *texts, last = (ask.text for ask in asks)
    semicolon = "؛" if base(asks[0].spoken) == "ar" else ";"
    return " ".join([*(t if t[-1:] in "?؟.!" else t + semicolon for t in texts), last])


def checked(text: str) -> str:
    """The text of a question, cleaned, on one line; QuestionError where there is none to answer."""
    if len(text) > MOST_CHARACTERS:
        raise QuestionError(
            f"The question has {len(text):,} characters, and at most {MOST_CHARACTERS:,} can be"
            " read: ask about one term at a time.",
            "long",
        )
    asked = " ".join(clean(text).split())
    if not asked:
        raise QuestionError("The question is empty: type a term or a question about one.")
    if not any(c.isalnum() for c in asked):
        raise QuestionError(
            "The question has no word in it: type a term or a question about one.", "wordless"
        )
    return asked


def _asks(said: Said, reader: Reader, context: Context) -> tuple[Ask, ...]:
    """What each piece of a question asks; a later piece may lean on an earlier one."""
    asks: list[Ask] = []
    for piece in reader.pieces(said)[:_MOST_ASKS]:
        ask = reader.read(piece, context)
        if not any((ask.kind, ask.focus) == (a.kind, a.focus) and ask.focus for a in asks):
            asks.append(ask)
        context = context.then(ask.focus, ask.kind, ask.text)
    return tuple(asks)


def _styled(said: Said, words: Phrases) -> tuple[dict[str, str], Said]:
    """How the answer is to be, and the question without the words that say it, nor courtesies.

    A reader may name the language in either of them.
    """
    found: dict[str, str] = {}
    for each in dict.fromkeys((words.language, *languages())):
        for what, choices in phrases(each).style.items():
            for choice, pattern in choices.items():
                if what not in found and (shorter := said.without(pattern)) != said:
                    found[what], said = choice, shorter
    for pattern in (words.courtesy, words.request):
        shorter = said.without(pattern)
        said = shorter if shorter.plain else said
    return found, said


def _again(
    question: Question, history: Sequence[Answer], glossary: Glossary, names: Names
) -> Question:
    """The last question once more, to be answered in another way."""
    last = next(answer for answer in reversed(history) if answer.status != "chat")
    before = understand(last.understood, glossary, names, language=question.language)
    words = phrases(question.language)
    reader = Reader(Finder(glossary, names), words, question.language)
    asks = tuple(
        reader.translated(ask) if base(ask.spoken) != base(question.language) else ask
        for ask in before.asks
    )
    if len(asks) == 1 and last.focus:
        asks = (replace(asks[0], focus=last.focus),)
    return replace(
        question,
        understood=_joined(asks),
        asks=asks,
    )


def _less(said: Said) -> Said:
    """The words without those that only ask to be told again, in any language."""
    for language in languages():
        said = said.without(phrases(language).refer.again)
    return said


def _offered(language: str | None, glossary: Glossary) -> str | None:
    """The glossary's language that is meant, region aside; or one that the assistant speaks."""
    if language is None:
        return None
    own = (tag for tag in glossary.languages if base(tag) == base(language))
    spoken_here = base(language) if base(language) in languages() else None
    return next(own, spoken_here)


def _common(glossary: Glossary) -> str:
    """The language for those whose own the glossary does not speak: English, if it can."""
    return _offered("en", glossary) or glossary.languages[0]


def _told(asked: str, glossary: Glossary) -> str:
    """The language of a question's words of grammar; of Arabic ones, whatever names follow them."""
    words = [word for word in fold(asked).split() if word not in _ANY]
    tags = glossary.languages
    first = next((word for word in words if any(word in function_words(t) for t in tags)), "")
    if "\u0600" <= first[:1] <= "\u06ff":
        return detect(first, tags) or tags[0]
    return spoken(" ".join(words), tags) or tags[0]


def _heard(
    asked: str, told: str, mentions: Mentions, glossary: Glossary, history: Sequence[Answer]
) -> str:
    """The language that is asked in: that of the words around the names, if there are any."""
    words = fold(asked).split()
    named = mentions.places
    around = " ".join(word for n, word in enumerate(words) if n not in named)
    if any(word in function_words(told) for word in around.split()):
        return told
    before = history[-1].language if history else None
    found = detect(around, glossary.languages) or (None if around else before)
    found = found or detect(asked, glossary.languages) or detect(asked)
    return found or before or glossary.languages[0]
