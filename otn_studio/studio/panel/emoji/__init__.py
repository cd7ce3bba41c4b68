"""Emoji for texts: which there are, what they are called, and the popup to choose one from."""
