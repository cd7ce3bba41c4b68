"""The Page's people: who they are, what is done with them by hand, who is on a sequence."""
