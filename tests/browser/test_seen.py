"""The service from outside: measures, logs and traces of questions that were really asked."""

import gzip
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from playwright.sync_api import Browser, expect
from prometheus_client.parser import text_string_to_metric_families

from tests.browser.conftest import answered, ask, eventually, opened, served
from tests.conftest import TEA
from tests.local_server import local_server
from tests.openai_server import Reply, openai_server
from ui.strings import strings

QUESTIONS = ["What is a kettle?", "What is a teapot?", "Who won the football match?"]
SAYS = "A kettle is a vessel in which water is boiled [1]. It holds 90 litres [1.1]."


def _served(
    folder: Path, data: Path, environment: Mapping[str, str]
) -> AbstractContextManager[str]:
    """The address of a server, of which the folder has the log."""
    told = {"MASRAD_LOG": "json", "MASRAD_LOG_LEVEL": "debug", **environment}
    arguments = ("--glossary", str(TEA), "--data-dir", str(data))
    return served(*arguments, log=folder / "log", **told)


def _lines(log: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in log.read_text("utf-8").splitlines()]


def _value(url: str, name: str, **labels: str) -> float:
    """The sum of a measure over all labels but those that are given."""
    text = httpx.get(f"{url}/metrics").text
    samples = (s for family in text_string_to_metric_families(text) for s in family.samples)
    return sum(s.value for s in samples if s.name == name and labels.items() <= s.labels.items())


@contextmanager
def _receiver() -> Iterator[tuple[str, list[bytes]]]:
    """What takes spans by OpenTelemetry's protocol."""
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            packed = self.headers.get("Content-Encoding") == "gzip"
            bodies.append(gzip.decompress(body) if packed else body)
            self.send_response(200)
            self.end_headers()

    with local_server(Handler) as port:
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


def test_three_questions_are_measured_traced_and_logged_without_their_texts(
    browser: Browser, tea_data: Path, tmp_path: Path
) -> None:
    data = shutil.copytree(tea_data, tmp_path / "data")
    with openai_server() as model, _receiver() as (receiver, bodies):
        model.script += [Reply(SAYS, usage=(1200, 50)), Reply("1 yes\n0 yes", usage=(30, 6))]
        environment = {
            "MASRAD_METRICS": "on",
            "MASRAD_LIMITS": "3 questions/month, 4 model calls/month in all",
            "OTEL_EXPORTER_OTLP_ENDPOINT": receiver,
            "OTEL_BSP_SCHEDULE_DELAY": "100",
            "OPENAI_BASE_URL": model.url,
            "OPENAI_API_KEY": "sk-test",
            "MASRAD_INPUT_PRICE": "1",
        }
        page = browser.new_context().new_page()
        with _served(tmp_path, data, environment) as url:
            opened(page, url)
            for question in QUESTIONS:
                answered(page, question)
            assert _value(url, "masrad_questions_total") == 3
            assert _value(url, "masrad_questions_total", status="not_in_glossary") == 1
            assert _value(url, "masrad_questions_total", language="en", writer="explain") >= 1
            assert _value(url, "masrad_withheld_sentences_total") == 1
            assert _value(url, "masrad_model_tokens_total", direction="in") >= 1230
            assert _value(url, "masrad_model_cost_total") > 0
            assert _value(url, "masrad_step_seconds_count", step="retrieve") == 3
            assert _value(url, "masrad_step_seconds_count", step="model") >= 2
            assert _value(url, "masrad_index_terms") == 3
            ask(page, "What is a tea cosy?")
            said = strings("en")["limit_own"].partition("{when}")[0]
            expect(page.locator(".m-notice").last).to_contain_text(said)
            assert _value(url, "masrad_limit_refusals_total", limit="3 questions/month") == 1
            for headers in ({"X-Forwarded-For": "10.0.0.1"}, {"Via": "1.1 proxy"}):
                assert httpx.get(f"{url}/metrics", headers=headers).status_code == 403
        page.context.close()
    _traced(_spans(bodies))
    lines = _lines(tmp_path / "log")
    assert sum("A question was answered: " in line["message"] for line in lines) == 3
    told = b"".join(bodies) + (tmp_path / "log").read_bytes()
    for words in ("kettle", "teapot", "football", "cosy"):
        assert words.encode() not in told


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
    calls = [_about(span) for span in spans if span.name == "model"]
    assert {"gen_ai.request.model": "test-model", "gen_ai.usage.input_tokens": 1200}.items() <= (
        calls[0].items()
    )


def test_the_line_of_a_question_that_failed_has_the_id_that_its_response_had(
    browser: Browser, tmp_path: Path
) -> None:
    page = browser.new_context().new_page()
    ids: list[str] = []
    watched = page.context.new_cdp_session(page)
    watched.send("Network.enable")
    watched.on(
        "Network.webSocketHandshakeResponseReceived",
        lambda event: ids.append(event["response"]["headers"]["x-request-id"]),
    )
    data = tmp_path / "data"
    with openai_server() as embeds:
        environment = {
            "MASRAD_EMBEDDING_MODEL": "letters",
            "MASRAD_EMBEDDING_BASE_URL": embeds.url,
            "MASRAD_EMBEDDING_API_KEY": "sk-test",
        }
        with _served(tmp_path, data, environment) as url:
            eventually(page, lambda: httpx.get(f"{url}/readyz").status_code == 200)
            opened(page, url)
            embeds.gone = True
            ask(page, QUESTIONS[0])
            notice = page.locator(".m-turn .m-notice")
            expect(notice).to_contain_text("under number")
            (number,) = re.findall(r"number (\w+)", notice.inner_text())
            for told, kept in (("a-proxys-own-id.1", True), ("a b c d e f g", False)):
                headers = {"X-Request-ID": told}
                assert (httpx.get(url, headers=headers).headers["x-request-id"] == told) == kept
    page.context.close()
    lines = _lines(tmp_path / "log")
    (failed,) = [line for line in lines if f"Failure {number}: " in line["message"]]
    assert failed["level"] == "error"
    assert failed["request"] in ids
    assert any(
        line["request"] == failed["request"] and "was not answered" in line["message"]
        for line in lines
    )


@pytest.mark.parametrize("token", ["", "a-token-of-the-tests"])
def test_the_measures_are_for_this_machine_or_who_has_the_token(
    tea_data: Path, tmp_path: Path, token: str
) -> None:
    data = shutil.copytree(tea_data, tmp_path / "data")
    environment = {"MASRAD_METRICS": "on" if token else "off", "MASRAD_METRICS_TOKEN": token}
    with _served(tmp_path, data, environment) as url:

        def status(**headers: str) -> int:
            return httpx.get(f"{url}/metrics", headers=headers).status_code

        if not token:
            assert status() == 404
            return
        assert status() == status(Authorization="Bearer wrong") == 401
        assert status(Authorization=f"Bearer {token}") == 200
