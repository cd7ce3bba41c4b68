"""A conversation as it looks on a person's phone."""
