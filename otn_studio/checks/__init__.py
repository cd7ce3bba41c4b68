"""What is wrong with the flows of a Page, as findings: structure, content, channel."""
