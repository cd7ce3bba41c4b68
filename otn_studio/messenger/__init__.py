"""The real Messenger: what it sends to us, what we send to it, and how it says no.

Nothing here knows a flow, a database or a clock: instants are handed in, events and answers are
plain values.
"""
