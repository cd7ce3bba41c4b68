"""Keys and passwords that flows use by name: kept, replaced, deleted, and never shown."""
