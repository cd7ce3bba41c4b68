"""Connecting Pages to Messenger, step by step, each step tested."""
