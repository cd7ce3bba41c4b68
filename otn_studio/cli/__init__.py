"""The commands, one file for each verb, and the one place that puts the rooms together."""
