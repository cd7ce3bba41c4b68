"""Messages on their way out, within Messenger's limits, and how each of them ended."""
