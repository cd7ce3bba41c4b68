"""Published flows at work, purely: what a conversation becomes when something happens in it."""
