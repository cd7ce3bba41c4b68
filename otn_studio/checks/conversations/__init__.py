"""Recorded conversations: what a person and the bot are to say to each other, played and compared."""
