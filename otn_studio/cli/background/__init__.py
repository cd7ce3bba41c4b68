"""The engine as a service of the system: it begins with the computer, or when its person logs in."""
