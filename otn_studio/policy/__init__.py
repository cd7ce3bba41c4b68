"""Messenger's rules as pure functions of time and plain values.

One definition, read by the checks, the engine and the emulator. Nothing here knows a flow, a
database, a clock or the network: every instant is an aware ``datetime`` in UTC that is handed in.
"""
