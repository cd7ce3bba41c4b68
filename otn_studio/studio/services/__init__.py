"""What the studio is handed, and what it is told, by whoever knows the database and the network."""
