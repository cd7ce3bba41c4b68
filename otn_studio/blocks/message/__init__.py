"""Blocks that send."""
