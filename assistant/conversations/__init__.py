"""Conversations: kept in a database, with what each answer rested on and what was said of it.

``store`` keeps them and gives them back as ``conversation`` has them, which tells whose they
are, and which cited words have changed since; ``tables`` is the schema, to which ``database``
brings what it opens, ``rows`` has their ids and titles; ``gaps`` counts what the glossary did not
answer; ``export`` writes one out. ``admission`` and ``credentials`` say who is let in.

Nothing is imported here: SQLAlchemy takes a fifth of a second, which only those pay who open one.
"""
