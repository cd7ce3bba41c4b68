"""The simulator: a conversation with the flow as it is drawn, with anybody, at any time."""
