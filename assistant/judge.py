"""The judge: a chat model asked once an answer which of its sentences their quotes bear out."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from assistant.answer import Account
from assistant.chat import ChatModel
from assistant.prompts import fenced, template
from assistant.verification import Claim
from knowledge.language.text import clean

_LONGEST = 120  # characters of a reason
_LINE = re.compile(
    r"\W*(?:claim\W*)?(\d{1,3})\W+(yes|no|true|false|نعم|لا)\b[\"'*`|\s:;,،.–—-]*(.*)",
    re.IGNORECASE,
)
_YES = frozenset({"yes", "true", "نعم"})


class Verdict(NamedTuple):
    """What the judge found of a claim."""

    borne_out: bool
    why: str = ""
    """The words that are not."""


Judge = Callable[[str, Sequence[Claim], Account], Mapping[int, Verdict]]
"""``verdicts`` of a chat model."""


def verdicts(
    chat: ChatModel, question: str, claims: Sequence[Claim], account: Account
) -> Mapping[int, Verdict]:
    """The verdict on each claim by its number, from 1; by 0, whether the question is answered.

    What the model does not say is not there: where it fails, stalls or says nothing of use, nothing
    is. It is waited for as long as the time-out allows.
    """
    texts = [line for n, claim in enumerate(claims, 1) for line in _put(n, claim)]
    material = fenced(question=[question], claims=texts)
    messages = template("judge").format_messages(count=len(claims), **material)
    reply = chat.ask(messages, account, chat.timeout)
    return parsed(reply, len(claims)) if reply else {}


def parsed(reply: str, count: int) -> dict[int, Verdict]:
    """The verdicts in a reply; of several on one claim, the last."""
    found: dict[int, Verdict] = {}
    for line in filter(None, map(_LINE.match, clean(reply).splitlines())):
        number, word, why = line.groups()
        if int(number) <= count:
            yes = word.lower() in _YES
            found[int(number)] = Verdict(yes, "" if yes else why.rstrip(" *`|")[:_LONGEST])
    return found


def _put(number: int, claim: Claim) -> list[str]:
    lines = [f"{number}. {claim.text}", f"   about: {claim.term}"]
    lines += [f"   before it: {claim.before}"] if claim.before else []
    lines += [f"   quote: {quote}" for quote in claim.quotes]
    lines += [f"   note: claim and quotes differ in a {note}" for note in claim.notes]
    return [" ".join(line.splitlines()) for line in lines]
