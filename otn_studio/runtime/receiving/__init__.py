"""What comes from Messenger, until it is stored."""
