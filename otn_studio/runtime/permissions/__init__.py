"""What becomes of permissions, and what Messenger itself says of them."""
