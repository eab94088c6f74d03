"""What is counted of limits, and the questions that are being answered."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "counter",
        sa.Column("whose", sa.String(64), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.Float, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("whose", "name", "begun_at", name="pk_counter"),
    )
    op.create_index("ix_counter_until", "counter", ["until"])
    op.create_table(
        "place",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("whose", sa.String(64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_place"),
    )
    op.create_index("ix_place_whose", "place", ["whose"])
    op.create_index("ix_place_until", "place", ["until"])
