"""The history of the database: one line of revisions, the same for SQLite and PostgreSQL."""
