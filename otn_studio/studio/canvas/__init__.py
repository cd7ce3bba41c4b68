"""The canvas: a flow as blocks and connections, and everything that hands and keys do to it."""
