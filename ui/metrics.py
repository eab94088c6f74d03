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


def _changed_at(opened: Assistant) -> float:
    times = (each.manifest.synced_at for each in opened.retriever.indexes)
    return max(map(datetime.fromisoformat, times)).timestamp()


class _Measures:
    """What is measured, in a registry of its own, if the package is installed."""

    def __init__(self) -> None:
        import prometheus_client as prometheus  # noqa: PLC0415  (only where it is wanted)

        self._registry = registry = prometheus.CollectorRegistry()
        prometheus.ProcessCollector(registry=registry)
        self._client = prometheus

        def counter(name: str, text: str, *labels: str) -> prometheus.Counter:
            return prometheus.Counter(f"masrad_{name}", text, labels, registry=registry)

        self._questions = counter("questions", "Questions", "language", "status", "writer")
        self._withheld = counter("withheld_sentences", "Sentences of a model that were withheld")
        self._tokens = counter("model_tokens", "Tokens of the chat model", "direction")
        self._cost = counter("model_cost", "What the chat model cost, by the prices that are set")
        self._limited = counter("limit_refusals", "What was refused by a limit", "limit")
        self._failures = counter("failures", "What failed", "kind")
        self._seconds = prometheus.Histogram(
            "masrad_step_seconds", "Time by step", ["step"], buckets=_STEPS, registry=registry
        )

        def gauge(name: str, text: str, tell: Callable[[Assistant], float]) -> None:
            made = prometheus.Gauge(f"masrad_index_{name}", text, registry=registry)
            made.set_function(lambda: tell(opened) if (opened := shared.ready()) else math.nan)

        gauge("terms", "Terms of the glossary", lambda opened: len(opened.glossary.ids))
        gauge("sentences", "Sentences, and wordings of questions", lambda o: len(o.glossary.rows))
        gauge("age_seconds", "Since it last changed", lambda o: time.time() - _changed_at(o))
        gauge("sync_age_seconds", "Since it was checked", lambda o: time.time() - o.opened_at)
        info = prometheus.Info("masrad_build", "What runs", registry=registry)
        info.info({"version": version("masrad")})

    def listen(self, event: telemetry.Event) -> None:
        if isinstance(event, telemetry.Limited):
            self._limited.labels(event.limit).inc()
            return
        for step in event.steps:
            self._seconds.labels(step.name).observe(step.seconds)
        self._seconds.labels("total").observe(event.end - event.start)
        if error := event.error:
            own = isinstance(error, AssistantError | KnowledgeError)
            self._failures.labels(type(error).__name__ if own else "unforeseen").inc()
        if (answer := event.answer) is None:
            self._questions.labels("", "failed" if event.error else "given_up", "").inc()
            return
        opened = shared.ready()
        known = opened and answer.language in opened.glossary.languages
        language = answer.language if known else "other"
        self._questions.labels(language, answer.status, answer.writer).inc()
        self._withheld.inc(len(answer.withheld))
        if answer.notice:
            self._failures.labels(f"model_{answer.notice.kind}").inc()
        if usage := answer.usage:
            self._tokens.labels("in").inc(usage.input_tokens)
            self._tokens.labels("out").inc(usage.output_tokens)
            self._cost.inc(usage.cost or 0.0)

    def page(self) -> Response:
        text = self._client.generate_latest(self._registry)
        return Response(text, media_type=self._client.CONTENT_TYPE_LATEST)


_measures: _Measures | None = None


def begin() -> None:
    """Measures from now on; SettingsError where the package is not installed."""
    global _measures  # noqa: PLW0603  (the process's)
    try:
        _measures = _Measures()
    except ImportError as error:
        said = "MASRAD_METRICS needs a package: pip install 'masrad[service]', or leave it off."
        raise SettingsError(said) from error
    telemetry.listeners.append(_measures.listen)


def routes() -> list[BaseRoute]:
    """Where they are read."""
    return [Route("/metrics", _page, methods=["GET"])]


def _page(request: Request) -> Response:
    if _measures is None:
        return PlainTextResponse("There are no measures: MASRAD_METRICS is off.", 404)
    if token := shared.settings().metrics_token:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        known = hmac.compare_digest(given.strip().encode(), token.get_secret_value().encode())
        if scheme.lower() == "bearer" and known:
            return _measures.page()
        said = "The measures' token is missing or wrong."
        return PlainTextResponse(said, 401, identity.CHALLENGE)
    # Asked from this machine, and by no proxy on it for somebody else.
    ends = {request.client.host if request.client else "", request.url.hostname}
    if ends <= {*guard.LOOPBACK} and not any(name in request.headers for name in _FORWARDED):
        return _measures.page()
    return PlainTextResponse("Only this machine is told, unless MASRAD_METRICS_TOKEN is set.", 403)
