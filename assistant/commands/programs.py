"""For other programs: ``masrad mcp``, and ``masrad tokens``, by which they are let in."""

import secrets
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from typing import TYPE_CHECKING, get_args

from assistant import AssistantError
from assistant.answer import Allowance
from assistant.commands.base import JSON, Options, actions, argument, command
from assistant.people import Person, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant.tokens import Tokens


@command(
    argument(
        "--address",
        "where the pages are served that citations lead to (http://localhost:8501)",
        default="http://localhost:8501",
        metavar="URL",
    )
)
def mcp(options: Options) -> None:
    """Serve the glossary to an AI program by MCP, on standard input and output."""
    try:
        from assistant import mcp_server  # noqa: PLC0415  (slow, and an extra)
    except ImportError as error:
        raise AssistantError(
            "MCP needs packages that are not installed: pip install “masrad[service]”."
        ) from error
    from assistant.commands.keeper import Keeper  # noqa: PLC0415

    assistant = options.assistant()
    address, keep = options.address.rstrip("/") + "/", Keeper(assistant).keep
    host = mcp_server.Host(lambda: assistant, address, keep, lambda: nullcontext(Allowance()), str)
    mcp_server.server(host).run("stdio")


@contextmanager
def _tokens(options: Options) -> "Iterator[Tokens]":
    from assistant.tokens import Tokens  # noqa: PLC0415  (SQLAlchemy)

    with options.kept() as store:
        yield Tokens(store.database)


@command(
    argument("name", "of the program that will use it", metavar="NAME"),
    argument("--role", "what it may do (reader)", choices=get_args(Role), default="reader"),
)
def _make(options: Options) -> None:
    """Make one, and print it: it is shown this once.

    It is a reader's of its own: no person's conversations.
    """
    with _tokens(options) as tokens:
        nobody = Person(secrets.token_urlsafe(32), "owner")
        print(tokens.make(nobody, options.name, options.role)[1])


@command(argument("id", "of the token", metavar="ID"))
def _withdraw(options: Options) -> None:
    """Withdraw one: from then on it is refused."""
    with _tokens(options) as tokens:
        tokens.withdraw(options.id)


@command()
def _list(options: Options) -> None:
    """List those that are not withdrawn (the default)."""
    with _tokens(options) as tokens:
        found = tokens.list()
    rows = [(each.id, each.name, each.role, each.made_at, each.used_at) for each in found]
    heading = ("id", "name", "role", "made", "last used")
    none = "No token is made: “masrad tokens make NAME” makes one."
    options.table({"tokens": [asdict(each) for each in found]}, [heading, *rows], none)


@command(JSON, actions(list=_list, make=_make, withdraw=_withdraw))
def tokens(options: Options) -> None:
    """Make, list and withdraw the tokens by which programs ask."""
    _list.run(options)
