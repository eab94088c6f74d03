"""For other programs: ``masrad mcp``, and ``masrad tokens``, by which they are let in."""

import argparse
import secrets
from contextlib import closing, nullcontext
from dataclasses import asdict
from typing import get_args

from assistant import AssistantError
from assistant.answer import Allowance
from assistant.commands.base import (
    add_common_arguments,
    aligned,
    local_time,
    open_assistant,
    print_json,
)
from assistant.people import Person, Role
from assistant.settings import Settings


class McpCommand:
    """Serve the glossary to an AI program by MCP, on standard input and output."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """``--address``."""
        parser.add_argument(
            "--address",
            default="http://localhost:8501",
            metavar="URL",
            help="where the pages are served that citations lead to (http://localhost:8501)",
        )

    def run(self, options: argparse.Namespace) -> int:
        """Serves until the program hangs up. Notes go to standard error."""
        try:
            from assistant import mcp_server  # noqa: PLC0415  (slow, and an extra)
        except ImportError as error:
            raise AssistantError(
                "MCP needs packages that are not installed: pip install “masrad[service]”."
            ) from error
        from assistant.commands.keeper import Keeper  # noqa: PLC0415

        assistant = open_assistant(options)
        address = options.address.rstrip("/") + "/"
        keep = Keeper(assistant).keep
        host = mcp_server.Host(
            lambda: assistant, address, keep, lambda: nullcontext(Allowance()), str
        )
        mcp_server.server(host).run("stdio")
        return 0


class TokensCommand:
    """Make, list and withdraw the tokens by which programs ask."""

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        """The actions, each with its own; without one, ``list``."""
        parser.set_defaults(act="list")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        table = parser.add_subparsers(metavar="ACTION")
        says = {
            "list": "list those that are not withdrawn (the default)",
            "make": "make one, and print it: it is shown this once",
            "withdraw": "withdraw one: from then on it is refused",
        }
        for name, text in says.items():
            own = table.add_parser(name, help=text, description=text)
            add_common_arguments(own, argparse.SUPPRESS)
            own.set_defaults(act=name)
            if name == "make":
                own.add_argument("name", metavar="NAME", help="of the program that will use it")
                own.add_argument("--role", choices=get_args(Role), default="reader")
            elif name == "withdraw":
                own.add_argument("id", metavar="ID", help="of the token")

    def run(self, options: argparse.Namespace) -> int:
        """Does it. A token made here is a reader's of its own: no person's conversations."""
        from assistant.conversations.store import Conversations  # noqa: PLC0415  (SQLAlchemy)
        from assistant.tokens import Tokens  # noqa: PLC0415

        settings = Settings.load(data_dir=options.data_dir)
        with closing(Conversations.open(settings.database)) as conversations:
            tokens = Tokens(conversations.database)
            if options.act == "make":
                nobody = Person(secrets.token_urlsafe(32), "owner")
                print(tokens.make(nobody, options.name, options.role)[1])
            elif options.act == "withdraw":
                tokens.withdraw(options.id)
            elif options.json:
                print_json({"tokens": [asdict(each) for each in tokens.list()]})
            else:
                rows = [("id", "name", "role", "made", "last used")]
                for each in tokens.list():
                    times = local_time(each.made_at), local_time(each.used_at)
                    rows.append((each.id, each.name, each.role, *times))
                none = ["No token is made: “masrad tokens make NAME” makes one."]
                print(*(aligned(rows) if rows[1:] else none), sep="\n")
        return 0
