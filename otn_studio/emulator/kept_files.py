"""Files that the Page gave Messenger to keep, by the numbers with which it sends them.

Source: Attachment Upload API. Numbers are forgotten after 90 days. What came as a file is shown on the
phones from here; so much is kept as fits, the newest.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote

from otn_studio.emulator.contents import Attachment, MediaCard, Message
from otn_studio.emulator.errors import bad_attachment
from otn_studio.policy import limits
from otn_studio.policy.media import Medium

_LASTS: Final = timedelta(days=limits.ATTACHMENT_DAYS)

_ROOM: Final = 256 * 1024 * 1024


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
    _contents: dict[str, bytes] = field(default_factory=dict)

    def bring(self, name: str, content: bytes, number: str) -> str:
        """Take what came along, under a path of the control API that is returned."""
        self._contents[number] = content
        while sum(map(len, self._contents.values())) > _ROOM:
            del self._contents[next(iter(self._contents))]
        return f"/emulator/files/{number}/{quote(name)}"

    def content(self, number: str) -> bytes | None:
        """What came along under that number, if it is still there."""
        return self._contents.get(number)

    def keep(self, number: str, medium: Medium, url: str, now: datetime) -> None:
        self._kept[number] = _Kept(medium, url, now)

    def resolved(self, message: Message, now: datetime) -> Message:
        """The same message with the address of the file whose number it has."""
        content = message.content
        if isinstance(content, MediaCard):
            found = self._resolved(content.attachment, now)
            return replace(message, content=replace(content, attachment=found))
        if isinstance(content, Attachment):
            return replace(message, content=self._resolved(content, now))
        return message

    def _resolved(self, attachment: Attachment, now: datetime) -> Attachment:
        if attachment.attachment_id is None:
            return attachment
        kept = self._kept.get(attachment.attachment_id)
        if kept is None or kept.medium is not attachment.medium or now >= kept.since + _LASTS:
            raise bad_attachment()
        return replace(attachment, url=kept.url)
