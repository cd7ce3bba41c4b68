"""The platform's content limits, each in one place.

Lengths are in Unicode code points unless said otherwise.
Source: Messenger Platform reference, Send API, templates and buttons, m.me links.
"""

from typing import Final

TEXT: Final = 2_000
BUTTON_TEXT: Final = 640
"""The text above the buttons of a button template."""
BUTTONS: Final = 3
BUTTON_TITLE: Final = 20
QUICK_REPLIES: Final = 13
QUICK_REPLY_TITLE: Final = 20
CARDS: Final = 10
"""The cards of a carousel, side by side."""
CARD_TITLE: Final = 80
CARD_SUBTITLE: Final = 80
PAYLOAD: Final = 1_000
OPT_IN_TITLE: Final = 65
"""The opt-in message of a One-Time Notification request."""
FOLLOW_UP_TEXT: Final = 250
"""The second and third message after an opt-in to a recurring topic."""
LINK_REF: Final = 2_083
"""The ``ref`` of an m.me link."""
BUTTON_URL: Final = 2_083
"""Not documented for buttons; the length that Messenger accepts for links elsewhere."""
ATTACHMENT_BYTES: Final = 25 * 1024 * 1024
PICTURE_BYTES: Final = 8 * 1024 * 1024
"""A picture that Messenger fetches from the web."""
ATTACHMENT_DAYS: Final = 90
"""So long an uploaded file can be sent by its number."""
TYPING_SECONDS: Final = 20
"""The typing sign goes away by itself after that."""
MENU_ENTRIES: Final = 20
MENU_TITLE: Final = 30
ICE_BREAKERS: Final = 4
ICE_BREAKER: Final = 80
"""The question; not documented in all copies, and where it is, as this."""
METADATA: Final = 1_000
"""``message.metadata``, which comes back with the echo."""
TOPIC_NAME: Final = 65
"""Ours: a topic's name is what an opt-in message starts from, so it fits into one."""
TAG: Final = 65
SEGMENT_NAME: Final = 65
"""Both are ours, too."""
