"""Connecting Pages: each step's test against Messenger, and what is kept of it."""
