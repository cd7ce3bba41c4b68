"""Other programs' formats, in and out. Nothing of what they hold is dropped without a word."""
