"""Blocks with which a run begins."""
