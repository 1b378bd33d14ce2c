"""Changes of the database schema, oldest first, run by Alembic through `kb.database`."""
