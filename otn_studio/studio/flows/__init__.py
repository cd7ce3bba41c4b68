"""The flows that are open, each with the builder around its canvas."""
