"""Broadcasts and announcements: planned, carried out, reported."""
