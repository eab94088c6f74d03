"""Measures for Prometheus, at ``/metrics``: what is asked, what becomes of it, how long it takes.

No label holds what somebody wrote: each has few values, which the program or its settings know.
"""

import hmac
import math
import time
from collections.abc import Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from assistant import SettingsError, telemetry
from ui import identity, shared

_STEPS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60)  # seconds


def begin() -> None:
    """Measures from now on; SettingsError where the package is not installed."""
    try:
        telemetry.listeners.append(_listener())
    except ImportError as error:
        said = "MASRAD_METRICS_TOKEN needs a package: pip install 'masrad[service]', or unset it."
        raise SettingsError(said) from error


def _listener() -> Callable[[telemetry.Asked], None]:
    """What counts, in the package's own registry, which measures the process, too."""
    from prometheus_client import Counter, Gauge, Histogram  # noqa: PLC0415  (not always)

    questions = Counter("masrad_questions", "Questions", ["status", "writer"])
    tokens = Counter("masrad_model_tokens", "Tokens of the chat model", ["direction"])
    cost = Counter("masrad_model_cost", "What the chat model cost, by the prices that are set")
    failures = Counter("masrad_failures", "What failed", ["kind"])
    seconds = Histogram("masrad_step_seconds", "Time by step", ["step"], buckets=_STEPS)
    Gauge("masrad_index_age_seconds", "Since the index last changed").set_function(_age)

    def listen(event: telemetry.Asked) -> None:
        for name, took in {**event.steps, "total": event.seconds}.items():
            seconds.labels(name).observe(took)
        if event.error:
            failures.labels(type(event.error).__name__).inc()
        if (answer := event.answer) is None:
            questions.labels("failed" if event.error else "given_up", "").inc()
            return
        questions.labels(answer.status, answer.writer).inc()
        if answer.notice:
            failures.labels(f"model_{answer.notice.kind}").inc()
        if usage := answer.usage:
            tokens.labels("in").inc(usage.input_tokens)
            tokens.labels("out").inc(usage.output_tokens)
            cost.inc(usage.cost or 0.0)

    return listen


def _age() -> float:
    if (opened := shared.ready()) is None:
        return math.nan
    times = (each.manifest.synced_at for each in opened.retriever.indexes)
    return time.time() - max(map(datetime.fromisoformat, times)).timestamp()


def routes() -> list[BaseRoute]:
    """Where they are read."""
    return [Route("/metrics", _page, methods=["GET"])]


def _page(request: Request) -> Response:
    token = shared.settings().metrics_token
    if token is None:
        return PlainTextResponse("There are no measures: MASRAD_METRICS_TOKEN is not set.", 404)
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    known = hmac.compare_digest(given.strip().encode(), token.get_secret_value().encode())
    if scheme.lower() != "bearer" or not known:
        said = "The measures' token is missing or wrong."
        return PlainTextResponse(said, 401, identity.CHALLENGE)
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest  # noqa: PLC0415

    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
