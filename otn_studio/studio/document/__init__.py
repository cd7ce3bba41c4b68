"""One flow as the studio holds it: its document, its past, what is selected, its file, its checks."""
