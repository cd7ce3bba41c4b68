"""The flows that are open: their documents, files and past, their checks, and the builder."""
