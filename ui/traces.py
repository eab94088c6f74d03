"""Traces: spans of questions and their steps, by OpenTelemetry.

They are on where OpenTelemetry's own variables (``OTEL_*``) say where to send them. The provider is
Masrad's own and not the process's, so that no library's spans, with texts in them, are sent.
"""

import logging
import os
import time
from collections.abc import Callable

from assistant import telemetry
from ui import logs

_WHERE = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
_TEXT = 2000  # characters
_log = logging.getLogger(__name__)


def begin(*, texts: bool) -> None:
    """Traces from now on, if OpenTelemetry's variables say so; ``texts``, with what is asked."""
    if os.environ.get("OTEL_TRACES_EXPORTER") == "none" or not any(map(os.environ.get, _WHERE)):
        return
    try:
        telemetry.listeners.append(_listener(texts=texts))
    except ImportError:
        _log.warning("OTEL_* asks for traces, which need a package: pip install 'masrad[service]'.")


def _listener(*, texts: bool) -> Callable[[telemetry.Asked], None]:
    """What traces, if the packages are installed."""
    from opentelemetry import trace  # noqa: PLC0415  (only where it is wanted)
    from opentelemetry.exporter.otlp.proto.http import trace_exporter  # noqa: PLC0415
    from opentelemetry.sdk.trace import TracerProvider, export  # noqa: PLC0415

    os.environ.setdefault("OTEL_SERVICE_NAME", "masrad")
    provider = TracerProvider()
    provider.add_span_processor(export.BatchSpanProcessor(trace_exporter.OTLPSpanExporter()))
    start = provider.get_tracer("masrad").start_span

    def listen(event: telemetry.Asked) -> None:
        answer = event.answer
        about: dict[str, str | int] = {"masrad.request": logs.request_id()}
        for name in ("status", "language", "writer") if answer else ():
            about[f"masrad.{name}"] = str(getattr(answer, name))
        if answer and (usage := answer.usage):  # as OpenTelemetry's conventions call it
            about["gen_ai.usage.input_tokens"] = usage.input_tokens
            about["gen_ai.usage.output_tokens"] = usage.output_tokens
        if texts:
            about["masrad.question"] = event.question[:_TEXT]
            about["masrad.answer"] = answer.text[:_TEXT] if answer else ""
        ended = time.time_ns()
        at = ended - _nanoseconds(event.seconds)
        span = start("question", attributes=about, start_time=at)
        if event.error:
            span.set_status(trace.StatusCode.ERROR, type(event.error).__name__)
        within = trace.set_span_in_context(span)
        for name, seconds in event.steps.items():  # one after the other, though some take turns
            begun = start(name, within, start_time=at)
            at += _nanoseconds(seconds)
            begun.end(at)
        span.end(ended)

    return listen


def _nanoseconds(seconds: float) -> int:
    return int(seconds * 1_000_000_000)
