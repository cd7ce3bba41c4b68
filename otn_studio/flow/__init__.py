"""The document: what a person draws, how it is read, written, upgraded and changed."""
