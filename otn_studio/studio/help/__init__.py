"""Help: pages to read, one source with those in ``resources/help``, and one about each block."""
