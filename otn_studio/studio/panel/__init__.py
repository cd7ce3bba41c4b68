"""The side panel: a form for what is selected, made of its declaration."""
