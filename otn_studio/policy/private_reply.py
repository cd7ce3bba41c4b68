"""Answering a comment below a post: one message, within 7 days.

Source: Messenger Platform, "Private Replies". The conversation goes on once the person answers.
"""

from datetime import datetime, timedelta
from typing import Final

TIME: Final = timedelta(days=7)


def ends_at(commented_at: datetime) -> datetime:
    """From then on the comment can't be answered any more."""
    return commented_at + TIME
