"""Terms in rows: tables, workbooks, objects of JSON and YAML, and flash cards."""
