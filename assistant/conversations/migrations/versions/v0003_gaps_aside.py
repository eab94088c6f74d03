"""Gaps can be set aside as not needed; none of those that were there is."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the column."""
    op.add_column("gap", sa.Column("aside_at", sa.DateTime(timezone=True)))
