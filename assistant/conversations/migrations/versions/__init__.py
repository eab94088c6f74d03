"""The changes of the schema, one a file, each after the one that it names."""
