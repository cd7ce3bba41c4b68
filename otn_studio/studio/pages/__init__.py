"""The pages of the window beside the flow builder: start, topics, engine."""
