"""Contents: the topics, who is waiting for each, and announcing."""
