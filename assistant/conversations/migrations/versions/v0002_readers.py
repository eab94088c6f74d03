"""Conversations belong to a reader; those that were there belong to nobody."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds the column, and the index by which a reader's conversations are listed in order."""
    reader = sa.Column("reader", sa.String(64), nullable=False, server_default="")
    op.add_column("conversation", reader)
    op.create_index("ix_conversation_reader", "conversation", ["reader", "changed_at"])
