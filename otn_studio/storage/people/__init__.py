"""What is known of people, by what they are found, and who is meant by an audience."""
