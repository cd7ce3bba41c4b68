"""The tab of sequences."""
