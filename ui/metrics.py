"""Measures for Prometheus, at ``/metrics``: what is asked, what becomes of it, how long it takes.

No label holds what somebody wrote: each has few values, which the program or its settings know.
"""

import hmac
import math
import time
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from assistant import AssistantError, SettingsError, telemetry
from assistant.assistant import Assistant
from knowledge import KnowledgeError
from ui import guard, identity, shared

_STEPS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60)  # seconds
_FORWARDED = ("forwarded", "via", "x-forwarded-for", "x-real-ip")


def begin() -> None:
    """Measures from now on; SettingsError where the package is not installed."""
    try:
        telemetry.listeners.append(_listener())
    except ImportError as error:
        said = "MASRAD_METRICS needs a package: pip install 'masrad[service]', or leave it off."
        raise SettingsError(said) from error


def _listener() -> Callable[[telemetry.Asked], None]:
    """What counts, in the package's own registry, which measures the process, too."""
    from prometheus_client import Counter, Gauge, Histogram, Info  # noqa: PLC0415  (not always)

    labels = ["language", "status", "writer"]
    questions = Counter("masrad_questions", "Questions", labels)
    withheld = Counter("masrad_withheld_sentences", "Sentences of a model that were withheld")
    tokens = Counter("masrad_model_tokens", "Tokens of the chat model", ["direction"])
    cost = Counter("masrad_model_cost", "What the chat model cost, by the prices that are set")
    limited = Counter("masrad_limit_refusals", "What was refused by a limit", ["limit"])
    failures = Counter("masrad_failures", "What failed", ["kind"])
    seconds = Histogram("masrad_step_seconds", "Time by step", ["step"], buckets=_STEPS)
    Info("masrad_build", "What runs").info({"version": version("masrad")})

    def gauge(name: str, text: str, tell: Callable[[Assistant], float]) -> None:
        made = Gauge(f"masrad_index_{name}", text)
        made.set_function(lambda: tell(opened) if (opened := shared.ready()) else math.nan)

    gauge("terms", "Terms of the glossary", lambda opened: len(opened.glossary.ids))
    gauge("sentences", "Sentences, and wordings of questions", lambda o: len(o.glossary.rows))
    gauge("age_seconds", "Since it last changed", lambda o: time.time() - _changed_at(o))
    gauge("sync_age_seconds", "Since it was checked", lambda o: time.time() - o.opened_at)

    def listen(event: telemetry.Asked) -> None:
        if isinstance(event, telemetry.Limited):
            limited.labels(event.limit).inc()
            return
        for step in event.steps:
            seconds.labels(step.name).observe(step.seconds)
        seconds.labels("total").observe(event.end - event.start)
        if error := event.error:
            own = isinstance(error, AssistantError | KnowledgeError)
            failures.labels(type(error).__name__ if own else "unforeseen").inc()
        if (answer := event.answer) is None:
            questions.labels("", "failed" if event.error else "given_up", "").inc()
            return
        opened = shared.ready()
        known = opened and answer.language in opened.glossary.languages
        language = answer.language if known else "other"
        questions.labels(language, answer.status, answer.writer).inc()
        withheld.inc(len(answer.withheld))
        if answer.notice:
            failures.labels(f"model_{answer.notice.kind}").inc()
        if usage := answer.usage:
            tokens.labels("in").inc(usage.input_tokens)
            tokens.labels("out").inc(usage.output_tokens)
            cost.inc(usage.cost or 0.0)

    return listen


def _changed_at(opened: Assistant) -> float:
    times = (each.manifest.synced_at for each in opened.retriever.indexes)
    return max(map(datetime.fromisoformat, times)).timestamp()


def routes() -> list[BaseRoute]:
    """Where they are read."""
    return [Route("/metrics", _page, methods=["GET"])]


def _page(request: Request) -> Response:
    settings, headers = shared.settings(), request.headers
    if settings.metrics == "off":
        return PlainTextResponse("There are no measures: MASRAD_METRICS is off.", 404)
    if token := settings.metrics_token:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        known = hmac.compare_digest(given.strip().encode(), token.get_secret_value().encode())
        if scheme.lower() != "bearer" or not known:
            said = "The measures' token is missing or wrong."
            return PlainTextResponse(said, 401, identity.CHALLENGE)
    else:  # asked from this machine, and by no proxy on it for somebody else
        ends = {request.client.host if request.client else "", request.url.hostname}
        if not ends <= {*guard.LOOPBACK} or any(name in headers for name in _FORWARDED):
            said = "The measures are for this machine alone, or need MASRAD_METRICS_TOKEN."
            return PlainTextResponse(said, 403)
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest  # noqa: PLC0415

    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
