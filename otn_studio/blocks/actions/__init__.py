"""Blocks that change what is known of a person."""
