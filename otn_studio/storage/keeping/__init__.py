"""The database's own file: where it may lie, backups, moving, what goes."""
