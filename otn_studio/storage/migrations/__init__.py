"""How old databases become new ones, a file a step. Read by Alembic."""
