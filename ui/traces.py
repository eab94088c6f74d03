"""Traces: spans of requests, questions, their steps and the chat model's calls, by OpenTelemetry.

They are on where OpenTelemetry's own variables (``OTEL_*``) say where to send them. The provider is
Masrad's own and not the process's, so that no library's spans, with texts in them, are sent.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from starlette.types import Scope

from assistant import telemetry
from assistant.answer import Step
from ui import logs

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

_TEXT = 2000  # characters
_log = logging.getLogger(__name__)


class _Traces:
    """What is traced, if anything is."""

    def __init__(self, tracer: "Tracer", *, texts: bool) -> None:
        from opentelemetry import trace  # noqa: PLC0415  (only where it is wanted)

        self._trace, self._tracer, self._texts = trace, tracer, texts
        self._open: dict[str, Span] = {}

    @contextmanager
    def request(self, scope: Scope, request: str) -> Iterator[None]:
        first = scope["path"].split("/")[1]
        method = scope.get("method", "socket")
        span = self._tracer.start_span(
            f"{method} /{first}",
            kind=self._trace.SpanKind.SERVER,
            attributes={"url.path": scope["path"], "masrad.request": request},
        )
        self._open[request] = span
        try:
            yield
        finally:
            self._open.pop(request, None)
            span.end()

    def listen(self, event: telemetry.Event) -> None:
        if not isinstance(event, telemetry.Asked):
            return
        request, answer = logs.request_id(), event.answer
        about: dict[str, str | int] = {"masrad.request": request}
        if answer:
            about |= {
                "masrad.status": answer.status,
                "masrad.language": answer.language,
                "masrad.writer": answer.writer,
                "masrad.withheld": len(answer.withheld),
            }
        if self._texts:
            about["masrad.question"] = event.question[:_TEXT]
            about["masrad.answer"] = answer.text[:_TEXT] if answer else ""
        span = self._span("question", event.start, about, self._open.get(request))
        if event.error:
            kind = type(event.error).__name__
            span.set_status(self._trace.StatusCode.ERROR, kind)
        for step in event.steps:
            self._span(step.name, step.start, _about(step), span).end(_nanoseconds(step.end))
        span.end(_nanoseconds(event.end))

    def _span(
        self, name: str, start: float, about: dict[str, str | int], parent: "Span | None"
    ) -> "Span":
        within = self._trace.set_span_in_context(parent) if parent else None
        return self._tracer.start_span(
            name, context=within, attributes=about, start_time=_nanoseconds(start)
        )


def _about(step: Step) -> dict[str, str | int]:
    """What a step's span says, by the names of OpenTelemetry's conventions for such models."""
    names = {
        "model": "gen_ai.request.model",
        "input_tokens": "gen_ai.usage.input_tokens",
        "output_tokens": "gen_ai.usage.output_tokens",
    }
    return {names[key]: value for key, value in step.about.items()} | {
        "masrad.milliseconds": round(step.seconds * 1000)
    }


def _nanoseconds(seconds: float) -> int:
    return int(seconds * 1_000_000_000)


_on: _Traces | None = None


def begin(*, texts: bool) -> None:
    """Traces from now on, if OpenTelemetry's variables say so; ``texts``, with what is asked."""
    global _on  # noqa: PLW0603  (the process's)
    exporter = os.environ.get("OTEL_TRACES_EXPORTER", "").strip().lower()
    told = (exporter, *map(os.environ.get, (
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")))  # fmt: skip
    if not any(told) or exporter == "none":
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import SERVICE_NAME, Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import (  # noqa: PLC0415
            BatchSpanProcessor,
            ConsoleSpanExporter,
        )
    except ImportError:
        _log.warning("OTEL_* asks for traces, which need a package: pip install 'masrad[service]'.")
        return
    named = {} if "OTEL_SERVICE_NAME" in os.environ else {SERVICE_NAME: "masrad"}
    provider = TracerProvider(resource=Resource.create(named))
    sends = ConsoleSpanExporter() if exporter == "console" else OTLPSpanExporter()
    provider.add_span_processor(BatchSpanProcessor(sends))
    _on = _Traces(provider.get_tracer("masrad"), texts=texts)
    telemetry.listeners.append(_on.listen)


@contextmanager
def request(scope: Scope, request_id: str) -> Iterator[None]:
    """A span around a request, or a socket, where there are traces."""
    if _on is None:
        yield
    else:
        with _on.request(scope, request_id):
            yield
