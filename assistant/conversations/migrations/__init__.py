"""Migrations: each change of the schema is a file in ``versions``. Alembic runs them, forward."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def migrate(connection: Connection, revision: str = "head") -> None:
    """Brings a database to a schema, or the newest, within the transaction of the connection."""
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def revisions() -> list[str]:
    """The revisions that this version knows, the newest first."""
    script = ScriptDirectory.from_config(_config())
    return [revision.revision for revision in script.walk_revisions()]


def _config() -> Config:
    config = Config()
    folder = str(Path(__file__).parent).replace("%", "%%")  # to a Config, % begins a placeholder
    config.set_main_option("script_location", folder)
    return config
