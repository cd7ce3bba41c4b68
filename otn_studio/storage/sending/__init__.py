"""Messages with their states, announcements, and the files that go along."""
