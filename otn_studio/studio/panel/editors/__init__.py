"""An editor for each kind of value that a block can hold, and none for a particular block."""
