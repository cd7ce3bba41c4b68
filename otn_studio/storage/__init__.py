"""The database: tables, migrations and the few queries, for SQLite and PostgreSQL."""
