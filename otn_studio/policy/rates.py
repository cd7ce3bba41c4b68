"""How many calls Messenger takes of a Page.

Source: Messenger Platform, "Rate limits". All of them are per Page; each part of a batch counts.
"""

from typing import Final

CALLS_A_SECOND: Final = 300
"""Messages with text, links, templates or pictures."""
MEDIA_CALLS_A_SECOND: Final = 10
"""Messages with audio or video."""
CALLS_A_DAY_PER_PERSON: Final = 200
"""In 24 hours, rolling, for each engaged person: "the number of people the business can message"."""
BATCH: Final = 50
"""The most requests in one batch."""
