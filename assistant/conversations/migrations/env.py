"""What Alembic runs to migrate: over the connection that is given, in its transaction."""

from alembic import context

from assistant.conversations.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
