"""Newer versions: asked for, and said."""
