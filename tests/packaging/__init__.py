"""The program as it is packaged, installed and kept running."""
