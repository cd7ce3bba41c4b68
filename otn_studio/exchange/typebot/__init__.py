"""Typebot: bots as its editor exports them, version 6, and older ones brought up to that.

Source: the schemas and migrations of github.com/baptisteArno/typebot.io, docs.typebot.io.
"""

from otn_studio.exchange.typebot.reading import read, recognises

__all__ = ["read", "recognises"]
