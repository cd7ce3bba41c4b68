"""Twilio Studio: flow definitions, as its console and its REST API export and take them.

Source: twilio.com/docs/studio, "Studio Flow Definition" and "Widget Library" (2019-09 schema).
"""

from otn_studio.exchange.twilio.reading import read, recognises
from otn_studio.exchange.twilio.writing import write

__all__ = ["read", "recognises", "write"]
