"""Broadcasts: one message or one flow for everyone who said yes to a topic."""
