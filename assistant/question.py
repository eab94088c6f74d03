"""A question: what it wants, of which terms, and how it stands by itself in its conversation."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from typing import cast

from assistant import QuestionError
from assistant.answer import Answer, Invitation, Length, Level, Rewording
from assistant.phrases import Phrases, languages, phrases, places, plain
from knowledge.language.grammar import function_words, question_language
from knowledge.language.text import base, clean, detect, is_right_to_left
from knowledge.language.words import fold
from knowledge.search.intent import CHAT, Intent, IntentPrediction
from knowledge.search.names import Mentions
from knowledge.search.retriever import Retriever

MOST_CHARACTERS = 2000
"""A question is about a term or two; a longer text is a slip of the clipboard."""

_MOST_ASKS = 3
_LIKELY = 0.5  # of an intent
_INVITED = 0.3  # of what wants the class, from which on the way there is shown
_NO_QUESTION: frozenset[Intent] = CHAT | {"restate"}
_HINTED = 0.1  # of being asked to tell again, where words say how
_SURE, _UNTOLD = 0.8, 0.3
_LEANS, _LEANS_BESIDE = -1.0, 1.0  # log-odds, from which on a follow-up does; one that has a name
_FEW = 2  # words beside the names: with no more, a question leans on what was said
_ANY = ("pls", "plz", "please", "ok", "okay")  # in whatever language people chat
_PAIR: tuple[Intent, ...] = ("comparison", "relation")
_HELD: tuple[Intent, ...] = (*_PAIR, "yesno")
"""What holds something beside what was spoken of: “is it better than X”, “does X prevent it”."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a question asks, standing by itself."""

    text: str
    spoken: str
    """The language of the text."""
    wants: IntentPrediction
    intent: Intent
    focus: tuple[str, ...]
    """Ids of the entries that it names, or leans on, in the order asked."""
    category: str = ""
    """The category whose terms are asked for."""
    bare: str | None = None
    """The text as it was put, where it stands by itself with what was spoken of."""

    @property
    def invitation(self) -> Invitation | None:
        """What of the class it asks for, if it does."""
        if self.intent != "teach" or self.wants.intents["teach"] < _INVITED:
            return None
        return Invitation(self.wants.activity, next(iter(self.focus), ""), self.category)

    @property
    def pairs(self) -> bool:
        """Whether it holds terms beside each other."""
        return self.wants.probability(_PAIR) >= _LIKELY


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was understood."""

    asked: str
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
    chat: Intent | None = None
    """What it wants of the assistant itself, if it asks about no term."""
    restates: bool = False
    """Whether it wants the last answer once more, in another way."""
    already_quoted: frozenset[str] = frozenset()
    """Quotes of the answers before, which a restatement and a follow-up do not repeat."""
    rewording: Rewording = "none"

    @property
    def understood(self) -> str:
        """The question by itself: with what it takes for granted from the conversation."""
        texts, sign = [ask.text for ask in self.asks], "؛" if is_right_to_left(self.spoken) else ";"
        return " ".join([*(t if t[-1:] in "?؟.!" else t + sign for t in texts[:-1]), texts[-1]])

    @property
    def intent(self) -> Intent:
        """What it wants first."""
        return self.asks[0].intent

    def kept_to(self, category: str, ids: Collection[str]) -> "Question":
        """The question asked within a category, of which these are the ids."""
        asks = []
        for ask in self.asks:
            focus = tuple(i for i in ask.focus if i in ids)
            listed = category if ask.intent == "list" and not focus else ""
            asks.append(replace(ask, focus=focus, category=ask.category or listed))
        return replace(self, category=category, asks=tuple(asks))


Topics = Sequence[tuple[str, ...]]
"""Ids of the entries that each turn of a conversation was about, if any, newest first."""


def understand(  # noqa: PLR0913  (what a reader may choose)
    text: str,
    retriever: Retriever,
    history: Sequence[Answer] = (),
    *,
    language: str | None = None,
    length: Length = "normal",
    level: Level = "normal",
) -> Question:
    """What a question asks, from its words and, for a follow-up, from the answers before it.

    ``history`` has the conversation's answers so far, oldest first. ``language``, ``length`` and
    ``level`` are the reader's choice, unless the question says how the answer is to be.

    Raises:
        QuestionError: the question is empty, too long, or has no letter or digit in it.
        EmbedderError: the question cannot be embedded.
    """
    asked = checked(text)
    spoken_in = _language_asked_in(asked, retriever, history)
    words = phrases(spoken_in)
    style, bare = _styled(
        asked, words, lambda said: retriever.names.find(said, spoken_in).entry_ids
    )
    wished = _offered(style.get("language") or language, retriever)
    answered = wished or _offered(spoken_in, retriever)
    answered = answered or detect(asked, retriever.glossary.languages) or _offered("en", retriever)
    reader = _Reader(retriever, words, spoken_in)
    said = [answer for answer in reversed(history) if answer.status != "chat"]
    topics = [answer.focus for answer in said if answer.focus]
    if not topics and len(retriever.glossary.ids) == 1:
        topics = [retriever.glossary.ids]  # it can be about nothing else
    wants = retriever.classifier.predict(asked)
    question = Question(
        asked=asked,
        spoken=spoken_in,
        language=answered or "en",
        asks=(Ask(asked, spoken_in, wants, wants.intent, ()),),
        length=cast("Length", style.get("length", length)),
        level=cast("Level", style.get("level", level)),
    )
    mentions = retriever.names.find(bare, spoken_in)
    hinted = wants.intents["restate"] >= _HINTED and len(reader.rest(mentions)) <= _FEW
    restates = wants.intent == "restate" or bool(style and hinted)
    answered_before = any(answer.status == "answered" for answer in said)
    if answered_before and restates and not mentions.found:
        return _again(question, said, topics[0] if topics else (), retriever, style)
    if chat := _chat(wants, mentions, follows=bool(topics)):
        return replace(question, chat=chat)
    asks: list[Ask] = []
    parts = reader.parts(bare)[:_MOST_ASKS]
    for part in parts:
        ask = reader.read(part, topics, wants if len(parts) == 1 else None)
        asks.append(ask)
        if ask.focus:  # what follows in the question stands on it, and on nothing before
            topics = [ask.focus]
    if not any(ask.bare is not None for ask in asks):
        return replace(question, asks=tuple(asks))
    told = frozenset(c.quote for answer in said[:1] for c in answer.citations)
    return replace(question, asks=tuple(asks), rewording="rules", already_quoted=told)


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


def _again(
    question: Question,
    said: Sequence[Answer],
    topic: tuple[str, ...],
    retriever: Retriever,
    style: dict[str, str],
) -> Question:
    """The last question once more, to be answered with what was not said yet of its topic."""
    before = next(answer for answer in said if answer.status == "answered")
    last = understand(before.understood, retriever, language=question.language)
    put = before.question  # as it was put, it tells best which of the topic's sentences answer
    followed = before.understood != put and before.understood.endswith(put)
    bare = put if followed and len(last.asks) == 1 else None
    asks = [replace(ask, focus=topic or ask.focus, bare=bare) for ask in last.asks]
    if len(before.parts) <= 1 or before.intent in _PAIR:  # it asked for one thing
        asks = [replace(a, wants=a.wants.only(before.intent), intent=before.intent) for a in asks]
    again = replace(question, asks=tuple(asks), spoken=last.spoken, rewording="rules")
    if "language" in style:
        return replace(again, language=last.language, level=last.level)
    told = frozenset(c.quote for a in said if a.focus[:1] == topic[:1] for c in a.citations)
    level = question.level if style else "simple"
    return replace(again, level=level, restates=True, already_quoted=told)


def _chat(wants: IntentPrediction, mentions: Mentions, *, follows: bool) -> Intent | None:
    """What is wanted of the assistant itself, if anything is."""
    likely = {each: wants.intents[each] for each in CHAT}
    best = max(likely, key=likely.__getitem__)
    if mentions.found:
        return best if best == "identity" and likely[best] >= _SURE else None
    short = follows and wants.leans > 0  # short follow-ups are all alike
    return best if (likely[best] if short else sum(likely.values())) >= _LIKELY else None


class _Reader:
    """Reads the parts of a question in one language."""

    def __init__(self, retriever: Retriever, words: Phrases, language: str) -> None:
        self._retriever, self._glossary = retriever, retriever.glossary
        self._words, self._language = words, language
        self._pointing = [
            [joint + form for joint in _joined_to(language) for form in forms]
            for forms in (*words.ordinals, words.other)
        ]

    def rest(self, mentions: Mentions) -> list[str]:
        """The words that say something, beside names."""
        return [
            word.text
            for word in mentions.subject
            if word.start not in mentions.places
            and word.text not in self._words.fillers
            and word.text not in _ANY
        ]

    def parts(self, text: str) -> list[str]:
        """The parts that ask each for something, where one question asks for several things."""
        words = text.split()
        cuts = [0]
        for n, (before, word) in enumerate(pairwise(words), 1):
            bare = plain(word)
            ended = before[-1] in "?؟" and n - cuts[-1] > 1
            if ended or self._joins(bare, plain(words[n + 1]) if n + 1 < len(words) else ""):
                cuts.append(n)
        ends = [*cuts[1:], len(words)]
        found = [" ".join(words[a:b]).rstrip(";؛") for a, b in zip(cuts, ends, strict=True)]
        if len(found) == 1 or any(len(part.split()) < _FEW for part in found):
            return [text]
        first, *others = (self._retriever.names.find(part, self._language) for part in found)
        # what names nothing, behind what names nothing, stands on the whole of it
        told = len(self.rest(first)) > 1 and all(other.found for other in others)
        return found if first.found or told else [text]

    def _joins(self, word: str, after: str) -> bool:
        """Whether another thing begins to be asked with a word: “and how”, «وكيف»."""
        if word in self._words.joints:
            return after in self._words.askers
        return any(
            len(joint) == 1 and word.startswith(joint) and word[1:] in self._words.askers
            for joint in self._words.joints
        )

    def read(self, text: str, topics: Topics, wants: IntentPrediction | None) -> Ask:
        """What a part asks for, in the context of what was said before it.

        What it wants is known where it is the whole of what was asked.
        """
        retriever, words = self._retriever, self._words
        mentions = retriever.names.find(text, self._language)
        named = tuple(dict.fromkeys(m.entry_ids[0] for m in mentions.found))
        wants = wants or retriever.classifier.predict(text)
        around = [word for n, word in enumerate(mentions.words) if n not in mentions.places]
        nothing = words.fillers.union(map(fold, words.joints))
        # “early stopping”, “and BERT?”, «طب ومعدل التعلم؟» are a name alone, “reduce bias” is not.
        bare_name = len(mentions.found) == 1 and nothing.issuperset(around)
        bare_name &= not around or wants.intents[wants.intent] < _UNTOLD
        if named and (wants.intent in _NO_QUESTION or bare_name):
            wants = wants.only("definition")
            # what stands beside a name would be embedded with it
            beside = words.fillers - {mentions.words[n] for n in mentions.places}
            text = " ".join(word for word in text.split() if fold(plain(word)) not in beside)
        listing = wants.intent == "list" or wants.intents["list"] >= _HINTED
        teaching = wants.intents["teach"] >= _LIKELY
        if (listing or teaching) and (category := self._category(text)):
            # “flash cards for Models” is of the category, “a quiz on training data” is not
            longest = max((end - start for _, (start, end) in mentions.found), default=0)
            if not teaching:
                return Ask(text, self._language, wants, "list", named, category)
            if longest <= len(category.split()):
                return Ask(text, self._language, wants, "teach", (), category)
        focus = self._leant_on(text, mentions, named, wants, topics)
        leant = [i for i in focus if i not in named]
        if not leant:
            return Ask(text, self._language, wants, wants.intent, named)
        entries = (self._glossary.get(i, self._language) for i in leant)
        terms = [entry.term if entry else i for i, entry in zip(leant, entries, strict=True)]
        joined = standing = words.list_comma.join(terms)
        bare = self._without_pointing(text) if len(_pair(topics)) > 1 else text
        if bare != text:
            told = retriever.classifier.predict(bare)
            untold = told.intent in _NO_QUESTION or max(told.intents.values()) < _UNTOLD
            plainly = not named and (untold or wants.intents["definition"] >= _LIKELY)
            # of “what about the second one?”, what counts is which
            wants, text = (wants.only("definition"), joined) if plainly else (told, bare)
        if text != joined:
            standing = words.standalone.format(terms=joined, question=text)
        every = tuple(dict.fromkeys((*focus, *named)))
        return Ask(standing, self._language, wants, wants.intent, every, bare=text)

    def _without_pointing(self, text: str) -> str:
        """A part without “the second one”, which the term says that stands before it."""
        kept = text.split()
        said = " ".join(plain(word) or "-" for word in kept)
        start, end = next(places(said, [*chain(*self._pointing)]), (0, 0))  # the longest
        rest = " ".join((*kept[:start], *kept[end:]))
        return rest if any(map(str.isalnum, rest)) else text

    def _leant_on(
        self,
        text: str,
        mentions: Mentions,
        named: tuple[str, ...],
        wants: IntentPrediction,
        topics: Topics,
    ) -> tuple[str, ...]:
        """The entries that a part takes for granted from what was said; none of its own."""
        if not topics:
            return ()
        said, several = plain(text), _pair(topics)
        if len(several) > 1:
            first, second, *_, other = self._pointing
            for which, forms in ((0, first), (1, second), (0, other)):
                if any(places(said, forms)):
                    return (several[which],)
        leans = wants.leans > _LEANS
        pairing = wants.probability(_PAIR) >= _LIKELY
        if named:
            rest = self.rest(mentions)
            held = wants.probability(_HELD) >= _LIKELY and (leans or not rest)
            held |= bool(rest) and wants.intent != "definition" and wants.leans > _LEANS_BESIDE
            alone = len(named) == 1 and held
            return tuple(i for i in topics[0][:1] if i not in named) if alone else ()
        if (pairing or any(places(said, self._words.both))) and len(several) > 1:
            return several
        leans &= wants.intents["outside"] < _LIKELY
        bare = wants.intent != "teach" and not self.rest(mentions)  # “where do I start?” is not
        return topics[0] if leans or bare else ()

    def _category(self, text: str) -> str:
        """The category that is named, the longest first."""
        asked = f" {fold(text)} "
        own = base(self._language)
        for tag in sorted(self._glossary.languages, key=lambda tag: base(tag) != own):
            names = sorted(filter(None, self._glossary.categories(tag)), key=len, reverse=True)
            for name in names:
                head, *rest = fold(name).split() or [""]  # of signs alone there is none
                whole = f" {' '.join((head, *rest))} " in asked
                first = f" {head} " in asked and head not in self._glossary.named
                if head and (whole or first):
                    return name
        return ""


def _joined_to(language: str) -> tuple[str, ...]:
    """What is written before a word, as one with it: in Arabic “and”, “in” and “for”."""
    return ("", "و", "ب", "ل") if base(language) == "ar" else ("",)


def _pair(topics: Topics) -> tuple[str, ...]:
    """The two last spoken of, in their order: of one turn, if it had the latest, or of two."""
    latest = topics[0] if topics else ()
    if several := next((t for t in topics if len(t) > 1 and set(latest) <= set(t)), ()):
        return several[:2]
    earlier = (i for topic in topics[1:] for i in topic[:1] if i not in latest)
    return (*islice(earlier, 1), *latest)


def _styled(
    text: str, words: Phrases, named: Callable[[str], Collection[str]]
) -> tuple[dict[str, str], str]:
    """How the answer is to be, in whatever language it is said; and the question without that.

    What is of a name is not: an expert system is none for experts.
    """
    found, kept = dict[str, str](), text.split()
    forms = [plain(word) for word in kept]
    every = (
        (what, choice, [joint + form for joint in _joined_to(tag) for form in of])
        for tag in dict.fromkeys((words.language, *languages()))
        for what, choices in phrases(tag).style.items()
        for choice, of in choices.items()
    )
    for what, choice, wanted in every:
        place = next(places(" ".join(form or "-" for form in forms), wanted), None)
        if not place or what in found:
            continue
        start, end = place
        if named(" ".join(kept[:start] + kept[end:])) == named(" ".join(kept)):
            found[what] = choice
            forms[start:end], kept[start:end] = [], []
    rest = " ".join(kept)
    return found, rest if any(map(str.isalnum, rest)) else text


def _offered(language: str | None, retriever: Retriever) -> str | None:
    """The glossary's language that is meant, region aside; or one that the assistant speaks."""
    if language is None:
        return None
    own = [tag for tag in retriever.glossary.languages if base(tag) == base(language)]
    return next(iter(own), base(language) if base(language) in languages() else None)


def _language_asked_in(asked: str, retriever: Retriever, history: Sequence[Answer]) -> str:
    """The language that is asked in: that of the words around the names, if there are any."""
    tags, words = retriever.glossary.languages, fold(asked).split()
    said = [word for word in words if word not in _ANY]
    grammar = next((word for word in said if any(word in function_words(t) for t in tags)), "")
    if "\u0600" <= grammar[:1] <= "\u06ff":  # it is Arabic, whatever names follow
        told = detect(grammar, tags) or tags[0]
    else:
        told = question_language(" ".join(said), tags) or tags[0]
    named = retriever.names.find(asked, told).places
    around = " ".join(word for n, word in enumerate(words) if n not in named)
    if any(word in function_words(told) for word in around.split()):
        return told
    before = history[-1].language if history else None
    found = detect(around, tags) or (None if around else before)
    return found or detect(asked, tags) or detect(asked) or before or tags[0]
