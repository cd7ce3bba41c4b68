"""What the engine works by: the inbox, lanes, errands, and who serves a Page."""
