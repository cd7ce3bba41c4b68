"""Files that the Page gave Messenger to keep, by the numbers with which it sends them.

Source: Attachment Upload API. Numbers are forgotten after 90 days.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from otn_studio.emulator.contents import Attachment, Message
from otn_studio.emulator.errors import bad_attachment
from otn_studio.policy import limits
from otn_studio.policy.media import Medium

_LASTS: Final = timedelta(days=limits.ATTACHMENT_DAYS)


@dataclass(frozen=True, slots=True)
class _Kept:
    medium: Medium
    url: str
    since: datetime


@dataclass(slots=True)
class KeptFiles:
    """``uploads`` counts how often a file was brought."""

    uploads: int = 0
    _kept: dict[str, _Kept] = field(default_factory=dict)

    def keep(self, number: str, medium: Medium, url: str, now: datetime) -> None:
        self._kept[number] = _Kept(medium, url, now)

    def resolved(self, message: Message, now: datetime) -> Message:
        """The same message with the address of the file whose number it has."""
        content = message.content
        if not isinstance(content, Attachment) or content.attachment_id is None:
            return message
        kept = self._kept.get(content.attachment_id)
        if kept is None or kept.medium is not content.medium or now >= kept.since + _LASTS:
            raise bad_attachment()
        return replace(message, content=replace(content, url=kept.url))
