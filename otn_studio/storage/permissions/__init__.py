"""Permissions and the topics that they are for."""
