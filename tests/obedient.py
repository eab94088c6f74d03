"""A language model that does whatever the text before it says, whoever wrote it.

For ``OpenAIServer.answers``: it stands for a model that heeds no fence, so what keeps an
instruction that is hidden in a glossary or a question from the reader must be what comes after.
"""

import re

from tests.openai_server import Reply, Request

_VERB = r"say|answer|reply|respond|write|print|output|repeat|tell|state"
_ARABIC_VERB = r"(?:و|ف)?(?:قل|قُل|اكتب|أجب|اجب|رد|كرر)"
_COMMAND = re.compile(
    rf"\b(?:{_VERB})\b(?: (?:only|exactly|just|always|the user|them|this|that|with|in|to))*"
    rf"[:,]?\s+[\"“«'‘]?(?P<english>[^\n]+)"
    rf"|(?:^|\s){_ARABIC_VERB}(?:\s+(?:فقط|إن|أن|ب))*[:،]?\s+[\"“«]?(?P<arabic>[^\n]+)",
    re.IGNORECASE | re.MULTILINE,
)
_PREFACE = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|instead|from now on|you must|you are now|new"
    r" (?:rule|instruction)s?)\b|\bsystem:|تجاهل|انس|بدل|من الآن|يجب أن",
    re.IGNORECASE,
)
_END = re.compile(r"[\"”»'’]|(?<=[.!?؟])\s|[.!?؟]$")


def obedient(request: Request) -> Reply:
    """What such a model replies: what a line of the material orders, else what it is there for."""
    texts = [str(message["content"]) for message in request["messages"]]
    material = [line[2:] for text in texts for line in text.splitlines() if line.startswith("| ")]
    for line in material:
        if ordered := _ordered(line):
            return Reply(f"{ordered} [1.1].")
    if any("check an answer" in text for text in texts):
        return Reply("\n".join(f"{n} yes" for n in range(9)))
    return Reply(_explained(texts[-1]))


def _ordered(line: str) -> str:
    """What a line orders to be said, if it does so with some weight."""
    preface = _PREFACE.search(line)
    command = _COMMAND.search(line, preface.start()) if preface else None
    if not command:
        return ""
    return _END.split(command["english"] or command["arabic"], maxsplit=1)[0].strip()


def _explained(prompt: str) -> str:
    """The first sentence of each of the first two passages, with its id."""
    firsts = re.findall(r"^\| \[(\d+\.1)\] (.+)$", prompt, re.MULTILINE)[:2]
    return " ".join(f"{text} [{number}]" for number, text in firsts)
