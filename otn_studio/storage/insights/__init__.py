"""What the Insights page shows."""
