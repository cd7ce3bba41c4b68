"""The practice chat: talking with the published flow, where nothing reaches a real person."""
