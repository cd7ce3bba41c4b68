"""How it looks: colours by role, type, icons, light and dark, each defined once."""
