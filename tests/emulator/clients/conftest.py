"""The scripts run with libraries that only the clients have."""

collect_ignore = ["scripts"]
