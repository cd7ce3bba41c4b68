"""RapidPro and TextIt: containers and flows of their formats 11 to 14, and older ones."""

from otn_studio.exchange.rapidpro.container import read, recognises

__all__ = ["read", "recognises"]
