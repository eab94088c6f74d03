"""What a class keeps: cards, lessons, what one has learnt, quizzes that many answer, groups."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_ID, _HASH, _KEY = sa.String(22), sa.String(64), sa.String(200)
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "card",
        sa.Column("reader", _HASH, nullable=False),
        sa.Column("entry_id", _KEY, nullable=False),
        sa.Column("state", sa.JSON, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("reader", "entry_id", name="pk_card"),
    )
    op.create_index("ix_card_due_at", "card", ["due_at"])
    op.create_table(
        "lesson",
        sa.Column("id", _ID, nullable=False),
        sa.Column("reader", _HASH, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lesson"),
    )
    op.create_index("ix_lesson_reader", "lesson", ["reader"])
    op.create_table(
        "learnt",
        sa.Column("reader", _HASH, nullable=False),
        sa.Column("entry_id", _KEY, nullable=False),
        sa.Column("learnt_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("reader", "entry_id", name="pk_learnt"),
    )
    op.create_table(
        "room",
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("reader", _HASH, nullable=False),
        sa.Column("quiz", sa.JSON, nullable=False),
        sa.Column("state", sa.JSON, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_room"),
    )
    op.create_index("ix_room_reader", "room", ["reader"])
    op.create_index("ix_room_until", "room", ["until"])
    op.create_table(
        "room_answer",
        sa.Column("room", sa.String(12), nullable=False),
        sa.Column("participant", _HASH, nullable=False),
        sa.Column("item", sa.Integer, nullable=False),
        sa.Column("choice", sa.JSON, nullable=False),
        sa.Column("given_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("room", "participant", "item", name="pk_room_answer"),
        sa.ForeignKeyConstraint(
            ["room"], ["room.code"], name="fk_room_answer_room", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "class_group",
        sa.Column("code", sa.String(12), nullable=False),
        sa.Column("reader", _HASH, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_class_group"),
    )
    op.create_index("ix_class_group_reader", "class_group", ["reader"])
    op.create_table(
        "class_event",
        sa.Column("id", _ID, nullable=False),
        sa.Column("group_code", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("entry_id", _KEY, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_class_event"),
    )
    op.create_index("ix_class_event_group_code", "class_event", ["group_code", "at"])
