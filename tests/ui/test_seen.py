"""The service from outside: measures, logs and traces of questions that were really asked."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from prometheus_client.parser import text_string_to_metric_families

from tests.browser.conftest import ready, served
from tests.conftest import TEA
from tests.local_server import local_server, say
from tests.openai_server import Reply, openai_server

QUESTIONS = ["What is a kettle?", "What is a teapot?", "Who won the football match?"]
WORDS = ("kettle", "teapot", "football", "cosy")
TOKEN = "a-token-of-the-tests"  # noqa: S105
SAYS = "A kettle is a vessel in which water is boiled [1]. It holds 90 litres [1.1]."


@contextmanager
def _served(folder: Path, **environment: str) -> Iterator[str]:
    """The address of a server, of which the folder has the log."""
    told = {"MASRAD_LOG": "json", "MASRAD_LOG_LEVEL": "info", **environment}
    arguments = ("--glossary", str(TEA), "--data-dir", str(folder / "data"))
    with served(*arguments, log=folder / "log", **told) as url:
        ready(url)
        yield url


def _ask(url: str, question: str, **headers: str) -> httpx.Response:
    asked = {"question": question}
    return httpx.post(f"{url}/api/v1/ask", json=asked, headers=headers, timeout=60)


def _lines(log: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def _value(url: str, name: str, **labels: str) -> float:
    """The sum of a measure over all labels but those that are given."""
    text = httpx.get(f"{url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    samples = (s for family in text_string_to_metric_families(text) for s in family.samples)
    return sum(s.value for s in samples if s.name == name and labels.items() <= s.labels.items())


@contextmanager
def _receiver() -> Iterator[tuple[str, list[bytes]]]:
    """What takes spans by OpenTelemetry's protocol."""
    bodies: list[bytes] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            packed = self.headers.get("Content-Encoding") == "gzip"
            bodies.append(gzip.decompress(body) if packed else body)
            say(self)

    with local_server(Receiver) as port:
        yield f"http://127.0.0.1:{port}", bodies


def _spans(bodies: list[bytes]) -> list[Span]:
    sent = map(ExportTraceServiceRequest.FromString, bodies)
    return [
        span
        for request in sent
        for resource in request.resource_spans
        for scope in resource.scope_spans
        for span in scope.spans
    ]


def _about(span: Span) -> dict[str, Any]:
    return {each.key: each.value.string_value or each.value.int_value for each in span.attributes}


@pytest.mark.usefixtures("tea_folder")
def test_three_questions_are_measured_traced_and_logged_without_their_texts(tmp_path: Path) -> None:
    with openai_server() as model, _receiver() as (receiver, bodies):
        model.script += [Reply(SAYS, usage=(1200, 50)), Reply("1 yes\n0 yes", usage=(30, 6))]
        environment = {
            "MASRAD_METRICS_TOKEN": TOKEN,
            "MASRAD_LIMITS": "3 questions/month, 4 model calls/month in all",
            "OTEL_EXPORTER_OTLP_ENDPOINT": receiver,
            "OTEL_BSP_SCHEDULE_DELAY": "100",
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": "sk-test",
            "MASRAD_INPUT_PRICE": "1",
        }
        with _served(tmp_path, **environment) as url:
            assert all(_ask(url, question).is_success for question in QUESTIONS)
            assert _value(url, "masrad_questions_total") == 3
            assert _value(url, "masrad_questions_total", status="not_in_glossary") == 1
            assert _value(url, "masrad_questions_total", writer="explain") >= 1
            assert _value(url, "masrad_model_tokens_total", direction="in") >= 1230
            assert _value(url, "masrad_model_cost_total") > 0
            assert _value(url, "masrad_step_seconds_count", step="retrieve") == 3
            assert _value(url, "masrad_index_age_seconds") > 0
            assert int(_ask(url, "What is a tea cosy?").headers["Retry-After"]) > 0
    _traced(_spans(bodies))
    lines = _lines(tmp_path / "log")
    assert sum("A question was answered: " in line["message"] for line in lines) == 3
    told = b"".join(bodies) + (tmp_path / "log").read_bytes()
    assert not [words for words in WORDS if words.encode() in told]


def _traced(spans: list[Span]) -> None:
    asked = [span for span in spans if span.name == "question"]
    assert len(asked) == 3
    for span in asked:
        assert _about(span)["masrad.request"]
        steps = [each for each in spans if each.parent_span_id == span.span_id]
        assert {"understand", "retrieve"} <= {each.name for each in steps}
        for each in steps:
            assert span.start_time_unix_nano <= each.start_time_unix_nano
            assert each.end_time_unix_nano <= span.end_time_unix_nano
    assert any("gen_ai.usage.input_tokens" in _about(span) for span in asked)


def test_the_line_of_a_question_that_failed_has_the_id_that_its_response_had(
    tmp_path: Path,
) -> None:
    with openai_server() as embeds:
        environment = {
            "MASRAD_EMBEDDING_MODEL": "letters",
            "MASRAD_EMBEDDING_BASE_URL": embeds.url,
            "MASRAD_EMBEDDING_API_KEY": "sk-test",
            "MASRAD_METRICS_TOKEN": TOKEN,
        }
        with _served(tmp_path, **environment) as url:
            embeds.gone = True
            failed = _ask(url, QUESTIONS[0], **{"X-Request-ID": "one-that-a-reader-made-up"})
            assert failed.is_error
            (said,) = [
                line["message"]
                for line in _lines(tmp_path / "log")
                if line["request"] == failed.headers["x-request-id"]
                and "was not answered" in line["message"]
            ]
            assert "EmbedderError" in said

            def status(**headers: str) -> int:
                return httpx.get(f"{url}/metrics", headers=headers).status_code

            # The measures are for who has the token.
            assert status() == status(Authorization="Bearer wrong") == 401
            assert status(Authorization=f"Bearer {TOKEN}") == 200
