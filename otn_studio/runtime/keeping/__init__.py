"""What keeps the database well: backups, what goes, what is counted."""
