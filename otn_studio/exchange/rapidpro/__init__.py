"""RapidPro and TextIt: containers and flows of their formats 11 to 14, and older ones."""

from otn_studio.exchange.rapidpro.container import read, recognises
from otn_studio.exchange.rapidpro.writing import write

__all__ = ["read", "recognises", "write"]
