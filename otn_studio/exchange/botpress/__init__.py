"""Botpress 12: bots as its admin panel exports them, or one of their flows, as well as can be.

Source: v12.botpress.com, "Creating Conversations", and published bots.
"""

from otn_studio.exchange.botpress.reading import read, recognises

__all__ = ["read", "recognises"]
