"""OTN Studio: draw Messenger conversations, ask for permission to write later, keep every yes."""
