"""The page that shows, before anything is imported, what becomes of it."""
