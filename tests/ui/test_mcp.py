"""MCP, by the SDK's own client over both of its transports: exact quotes, and honest refusals."""

import asyncio
import os
import shutil
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from knowledge.glossary import Glossary
from tests.browser.conftest import MASRAD
from tests.conftest import TEA, stands


@pytest.fixture(params=["stdio", "modern", "legacy"])
def connected(
    request: pytest.FixtureRequest, tea_data: Path, tmp_path: Path
) -> AbstractAsyncContextManager[Client]:
    """The SDK's client: of the command, and of the server in both of the protocol's generations."""
    if request.param == "stdio":
        data = shutil.copytree(tea_data, tmp_path / "data")
        arguments = ["mcp", "--glossary", str(TEA), "--data-dir", str(data)]
        run = StdioServerParameters(command=str(MASRAD), args=arguments, env={**os.environ})
        return Client(stdio_client(run))
    url = f"{request.getfixturevalue('listening')}/mcp"
    return Client(url, mode="auto" if request.param == "modern" else "legacy")


async def _called(client: Client, name: str, **arguments: Any) -> tuple[str, Any]:
    found = await client.call_tool(name, arguments)
    (content,) = found.content
    assert content.type == "text"
    assert not found.is_error, content.text
    return content.text, found.structured_content


def test_what_it_says_is_in_the_glossary_to_the_letter_and_what_it_lacks_it_says(
    connected: AbstractAsyncContextManager[Client],
) -> None:
    glossary = Glossary.read(TEA)

    async def session() -> None:
        async with connected as client:
            names = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert set(names) == {"search_terms", "define", "ask"}
            assert all(tool.output_schema and tool.description for tool in names.values())
            asked = [
                await _called(client, "search_terms", query="vessel for boiling water", limit=2),
                await _called(client, "define", term="ketle"),
                await _called(client, "ask", question="What is a kettle?", language="en"),
            ]
            for text, reply in asked:
                assert reply["found"]
                assert reply["quotes"]
                for quote in reply["quotes"]:
                    assert stands(quote, glossary)
                    assert quote["address"] in text
                    assert quote["address"].endswith("/term?id=kettle&lang=en")
            text, reply = await _called(client, "define", term="quantum annealing")
            assert "no entry for “quantum annealing”" in text
            assert not reply["found"]
            assert not reply["quotes"]
            text, reply = await _called(client, "ask", question="Who won the football match?")
            assert (reply["found"], reply["quotes"]) == (False, [])
            assert text
            wrong = await client.call_tool("ask", {"question": " "})
            assert wrong.is_error
            assert "The question is empty" in wrong.content[0].text  # type: ignore[union-attr]

    asyncio.run(session())
