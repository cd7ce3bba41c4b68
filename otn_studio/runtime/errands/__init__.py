"""What is done outside of the conversation: other programs asked, colleagues told."""
