"""Blocks that decide where and when a run goes on."""
