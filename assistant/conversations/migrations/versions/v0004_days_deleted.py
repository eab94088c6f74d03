"""What is deleted ages by days of use; of what was deleted before, they are counted from now on."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Adds the columns."""
    op.add_column("conversation", sa.Column("aged", sa.Integer, nullable=False, server_default="0"))
    op.add_column("conversation", sa.Column("aged_at", sa.DateTime(timezone=True)))
