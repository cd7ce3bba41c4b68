"""What a Send Message block is made of."""
