"""The canvas: blocks and connections, and everything that hands and keys do to them."""
