"""What the shop's own systems may ask of the engine: to announce something, and how that goes."""
