"""The Engine page: whether the engine runs, and what it goes by."""
