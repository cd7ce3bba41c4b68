"""The Insights page: how the Page does, in figures and pictures."""
