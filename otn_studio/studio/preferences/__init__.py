"""What people set for themselves: language, size, light or dark, where files live, their name."""
