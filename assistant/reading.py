"""Reading: what one piece of a question asks for, of which terms, and what it leans on."""

import re
from dataclasses import dataclass, replace

from assistant.answer import Kind
from assistant.context import Context
from assistant.phrases import Phrases, phrases
from assistant.piece import Finder, Piece, Pieces
from assistant.pointing import pointed, standing
from assistant.said import Said
from knowledge.grammar import content_stems
from knowledge.language import base
from knowledge.words import fold, stem

_PAIRED: tuple[Kind, ...] = ("compare", "relation")
_CARRIED: tuple[Kind, ...] = ("define", "example", "how", "why", "origin", "limits")
_FEW = 2
_MANY = 6
_LONG = 6
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a question asks, standing by itself."""

    text: str
    spoken: str
    """The language of the text."""
    kind: Kind
    focus: tuple[str, ...]
    """Ids of the entries that it names, or leans on, in the order asked."""
    category: str = ""
    """The category whose terms are asked for."""
    bare: bool = False
    """Whether it has no words beside names and what is asked about them."""
    leans: bool = False
    """Whether it points at something that the conversation does not tell."""


class Reader:
    """Reads the pieces of a question in one language."""

    def __init__(self, finder: Finder, words: Phrases, language: str) -> None:
        self._finder = finder
        self._glossary = finder.glossary
        self._words = words
        self._language = language
        self._pieces = Pieces(finder, words, language)

    def says_nothing(self, said: Said, less: Said) -> bool:
        """Whether nothing is asked but that it be said in another way.

        ``less`` is what is said without the words that only ask to be told again.
        """
        refer, piece = self._words.refer, self._pieces.piece(less)
        others = (*refer.ordinal, refer.last, refer.other)
        if any(map(said.finds, others)):
            return False
        return piece.kind is None and not piece.named and not piece.rest

    def pieces(self, said: Said) -> list[Said]:
        """The pieces that ask each for something, where one question asks for several things."""
        first, *others = said.parted(self._words.joint) or [said]
        found = [first]
        for other in others:
            if self._parts(found[-1], other):
                found.append(other)
            else:
                found[-1] = Said((*found[-1].words, *other.words), other.mark)
        return found

    def _parts(self, before: Said, other: Said) -> bool:
        """Whether two pieces ask for two things, the second by words of its own."""
        refer = self._words.refer
        first, second = self._pieces.piece(before), self._pieces.piece(other)
        asks = [bool(each.kind or each.said.finds(refer.anew)) for each in (first, second)]
        bare = first.named and not first.rest and refer.joined.match(other.plain)
        if asks[0] and first.named and not first.rest and second.asking and second.rest:
            return True  # of the one all is said; the other may be about something else
        describes = first.rest and not first.asking
        same = first.kind == second.kind and not second.named
        if not asks[1] or not (asks[0] or bare) or describes or same:
            return False
        if first.kind in _PAIRED and second.kind in _PAIRED and not second.named:
            return False  # “Precision or recall, how are they related?”
        told = first.named or self._points(first)
        sought = self._words.seek.search(other.plain) and first.kind != "check"
        if sought and not (first.named or second.named):
            return False  # what was described before is what is looked for
        spliced = before.words[-1].endswith((",", "،")) and not refer.joined.match(other.plain)
        if not second.named and first.kind == "check" and spliced:
            return False  # the second says better what the first asks
        few = len(second.rest) <= (_FEW if refer.joined.match(other.plain) else 0)
        parted = first.named and before.words[-1].endswith(("?", "؟"))
        return bool(told and (second.named or few or parted or self._points(second, known=True)))

    def read(self, said: Said, context: Context) -> Ask:
        """What a piece asks for, in the context of what was said before it."""
        piece = self._pieces.piece(self._counted(said, context))
        if not piece.named:
            piece = self._pieces.piece(self._meant(piece, context))
        if piece.said != said and piece.kind in _CARRIED and piece.named and not piece.rest:
            return self._about(piece, piece.named)
        points = self._points(piece, known=bool(context.latest))
        several = piece.kind is None and not piece.named and len(context.latest) > 1
        if several and piece.said.finds(self._words.refer.both):
            piece = replace(piece, kind="compare")
        if piece.kind in _PAIRED:
            return self._paired(piece, context, points=points)
        if piece.kind == "list":
            return self._listed(piece, context, points=points)
        if piece.named and not points:
            anew = piece.said.finds(self._words.refer.anew)
            carried = piece.kind is None and not piece.rest and not anew and context.latest
            return self._carried(piece, context) if carried else self._by_itself(piece)
        return self._leaning(piece, context, points=points)

    def _leaning(self, piece: Piece, context: Context, *, points: bool) -> Ask:
        """A piece that points back, or that names nothing."""
        if not context.latest or context.strange:
            sought = self._words.seek.search(piece.said.plain)
            elliptical = not piece.named and not piece.rest and not sought
            leans = piece.asking and (points or elliptical)
            return replace(self._by_itself(piece), leans=leans)
        if points:
            return self._about(piece, self._antecedent(piece, context))
        if not piece.rest:
            kind = piece.kind or (context.kind if context.kind in _CARRIED else None) or "define"
            both = piece.said.finds(self._words.refer.both)
            focus = context.pair if both else context.latest
            return self._about(replace(piece, kind=kind), focus)
        if self._adds(piece, context):
            return self._about(piece, context.latest[:1])
        return self._by_itself(piece)

    def _listed(self, piece: Piece, context: Context, *, points: bool) -> Ask:
        """A question for the terms of a category, around a term, or on a topic."""
        category = self._category(piece)
        named = () if category else piece.named
        if points and not named and not category and context.latest:
            return self._about(piece, context.latest[:1])
        return Ask(piece.said.text, self._language, "list", named, category)

    def translated(self, ask: Ask) -> Ask:
        """The same in this reader's language, if it says no more than a kind and terms."""
        if not ask.focus or ask.kind not in self._words.standalone:
            return ask
        words = phrases(ask.spoken)
        piece = Pieces(self._finder, words, ask.spoken).piece(Said.of(ask.text))
        return ask if piece.rest else self._about(replace(piece, kind=ask.kind), ask.focus)

    def _points(self, piece: Piece, *, known: bool = False) -> bool:
        """Whether something points back, beyond what the piece has told before it."""
        refer, said = self._words.refer, piece.said
        place = pointed(piece, refer, known=known)
        if place is None:
            return False
        if place > piece.first:  # “does fine-tuning prevent it?”
            last = place == len(said.words) - 1
            return known and last and piece.kind in ("check", "how") and piece.first > 0
        if piece.named and piece.kind in (None, "define") and said.finds(refer.anew):
            return False
        if len(said.words) > _LONG and self._words.seek.search(said.plain):
            return False
        return sum(n < place for n in piece.rest) <= (_MANY if known else _FEW)

    def _adds(self, piece: Piece, context: Context) -> bool:
        """Whether a piece that names nothing goes on about the last topic."""
        if piece.kind in (None, "define", "list") or len(piece.rest) > _FEW + 1:
            return False
        if any(self._pieces.speaks(entry_id, piece) for entry_id in context.latest):
            return True
        of = self._words.refer.complement
        return piece.kind == "example" and len(piece.rest) <= _FEW and not piece.said.finds(of)

    def _counted(self, said: Said, context: Context) -> Said:
        """The words with the term in place of “the second one” or “the other one”."""
        refer = self._words.refer
        several = context.several
        if len(several) < _PAIR:
            return said
        for number, pattern in enumerate(refer.ordinal):
            if number < len(several) and (found := pattern.search(said.plain)):
                said = self._put(said, found, several[number])
        if found := refer.last.search(said.plain):
            said = self._put(said, found, several[-1])
        if (found := refer.other.search(said.plain)) and context.other:
            said = self._put(said, found, context.other)
        return said

    def _meant(self, piece: Piece, context: Context) -> Said:
        """The words with a term in place of “the large one”, if one spoken of is meant by it."""
        recent = tuple(dict.fromkeys(i for topic in context.topics[:4] for i in topic))
        for found in self._words.refer.partial.finditer(piece.said.plain):
            if len(recent) >= _PAIR and (entry_id := self._pieces.meant(found["which"], recent)):
                return self._put(piece.said, found, entry_id)
        return piece.said

    def _put(self, said: Said, found: re.Match[str], entry_id: str) -> Said:
        """The words with a term in place of a match; Arabic “and” stays before it."""
        joined = "و" if found[0].startswith("و") else ""
        return said.replaced(found, joined + self._quoted(entry_id))

    def _paired(self, piece: Piece, context: Context, *, points: bool) -> Ask:
        """A comparison or relation: of the terms named, or of one with what was spoken of."""
        named, pair, refer = piece.named, context.pair, self._words.refer
        both = piece.said.finds(refer.both)
        points = points or pointed(piece, refer) is not None
        if len(named) > 1 or not pair:
            leans = not pair and len(named) < _PAIR and (points or both or not piece.rest)
            return replace(self._by_itself(piece), leans=leans)
        if named:
            plural = len(pair) > 1 and piece.said.finds(refer.plural) and not both
            known = pair if plural else (*context.latest, *pair)
            others = tuple(i for i in known if i not in named)
            if others and (points or both or not piece.rest):
                focus = others if plural and piece.kind == "relation" else others[:1]
                return self._about(replace(piece, rest=()), (*focus, *named))
            return self._by_itself(piece)
        if points or both or not piece.rest:
            return self._about(replace(piece, rest=() if both else piece.rest), pair)
        return self._by_itself(piece)

    def _carried(self, piece: Piece, context: Context) -> Ask:
        """The last question, asked of another."""
        if context.kind == "check":
            for entry_id in context.latest:
                for entry in self._glossary.versions(entry_id):
                    for name in sorted(entry.names, key=len, reverse=True):
                        pattern = re.compile(rf"[“«]?\b{re.escape(name)}\b[”»]?", re.IGNORECASE)
                        if pattern.search(context.asked):
                            term = self._quoted(piece.named[0])
                            said = pattern.sub(term.replace("\\", r"\\"), context.asked)
                            return Ask(said, self._language, "check", piece.named)
        if context.kind not in _CARRIED or context.kind == "define":
            return self._by_itself(piece)
        return self._about(replace(piece, kind=context.kind), piece.named)

    def _antecedent(self, piece: Piece, context: Context) -> tuple[str, ...]:
        refer, said = self._words.refer, piece.said
        if said.finds(refer.both) and len(context.latest) < _PAIR:
            return context.pair
        return context.latest if said.finds(refer.plural) else context.latest[:1]

    def _about(self, piece: Piece, focus: tuple[str, ...]) -> Ask:
        """The piece, asked of entries that it does not all name."""
        words, kind = self._words, piece.kind or "define"
        terms = [self._term(entry_id) for entry_id in focus]
        every = tuple(dict.fromkeys((*focus, *piece.named)))
        if kind in words.standalone and not piece.rest and every == focus:
            term = words.list_comma.join(terms)
            text = words.standalone[kind].format(term=term, terms=words.listed(terms))
            return Ask(text, words.language, kind, focus, bare=True)
        if stood := standing(piece, terms, words):
            return Ask(stood.text, self._language, kind, every)
        term, question = words.list_comma.join(terms), self._led(piece.said)
        text = words.standalone["about"].format(term=term, question=question.text)
        return Ask(text, self._language, kind, every)

    def _led(self, said: Said) -> Said:
        """A question without the word that joins it to what was said before."""
        first = said.words[0] if said.words else ""
        bare = Said((first[1:], *said.words[1:]), said.mark)
        if first[:1] == "و" and self._words.ask.match(bare.plain):
            return bare
        found = self._words.refer.joined.match(said.plain)
        whole = found and found[0].strip() == " ".join(said.plain.split()[: len(found[0].split())])
        return said.replaced(found, "") if found and whole else said

    def _by_itself(self, piece: Piece) -> Ask:
        kind, bare = piece.kind or "define", bool(piece.named) and not piece.rest
        return Ask(piece.said.text, self._language, kind, piece.named, bare=bare)

    def _category(self, piece: Piece) -> str:
        """The category that is named, or whose name holds all that the piece is about."""
        text = f" {fold(piece.said.plain)} "
        words = fold(" ".join(piece.said.plain_words[n] for n in piece.rest)).split()
        about = {stem(word, self._language) for word in words}
        ours = [tag for tag in self._glossary.languages if base(tag) == base(self._language)]
        for language in (*ours, *(t for t in self._glossary.languages if t not in ours)):
            names = sorted(filter(None, self._glossary.categories(language)), key=len)
            for name in reversed(names):
                if f" {fold(name)} " in text:
                    return name
            for name in names:
                if about and about <= set(content_stems(name, language)):
                    return name
        return ""

    def _term(self, entry_id: str) -> str:
        entry = self._glossary.get(entry_id, self._words.language)
        return entry.term if entry else entry_id

    def _quoted(self, entry_id: str) -> str:
        return self._words.quoted.format(term=self._term(entry_id))
