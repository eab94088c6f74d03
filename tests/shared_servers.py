"""What replicas share in the tests: a PostgreSQL and a Chroma server, both real."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text

from assistant.conversations.database import database_url
from tests.chroma_server import chroma_server
from tests.postgres import postgres


@contextmanager
def shared_servers(folder: Path) -> Iterator[Callable[[], dict[str, str]]]:
    """Gives the settings of replicas, each time with a database of its own; see ``postgres``."""
    numbers = count()
    with postgres() as url, chroma_server(folder) as port:

        def fresh() -> dict[str, str]:
            name = f"fresh{next(numbers)}"
            engine = create_engine(database_url(url), isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name}"))
            engine.dispose()
            return {
                "MASRAD_DATABASE_URL": url.replace("/postgres?", f"/{name}?"),
                "CHROMA_HOST": "127.0.0.1",
                "CHROMA_PORT": str(port),
            }

        yield fresh
