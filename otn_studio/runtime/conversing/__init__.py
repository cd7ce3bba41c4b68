"""Draining lanes: what a person wrote is interpreted, and what follows is written down."""
