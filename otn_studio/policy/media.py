"""Pictures, videos, sounds and files: what Messenger calls them, and which files it can show.

Source: Messenger Platform, "Sending messages" (assets and attachments), Attachment Upload API.
"""

from enum import StrEnum
from pathlib import PurePosixPath
from typing import Final


class Medium(StrEnum):
    """What an attachment is, by Messenger's own word."""

    PICTURE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    FILE = "file"


CONTENT_TYPES: Final = {
    Medium.PICTURE: {
        ".gif": "image/gif",
        ".jpeg": "image/jpeg",
        ".jpg": "image/jpeg",
        ".png": "image/png",
    },
    Medium.VIDEO: {
        ".avi": "video/x-msvideo",
        ".mov": "video/quicktime",
        ".mp4": "video/mp4",
        ".webm": "video/webm",
    },
    Medium.AUDIO: {
        ".aac": "audio/aac",
        ".m4a": "audio/mp4",
        ".mp3": "audio/mpeg",
        ".ogg": "audio/ogg",
        ".wav": "audio/wav",
    },
}
"""By the end of a file's name. A file may have any."""


def suffixes(medium: Medium) -> tuple[str, ...]:
    """The ends of the names that fit; none: all do.

    >>> suffixes(Medium.PICTURE)
    ('.gif', '.jpeg', '.jpg', '.png')
    """
    return tuple(CONTENT_TYPES.get(medium, ()))


def fits(medium: Medium, name: str) -> bool:
    """Whether a file of that name is one of these.

    >>> fits(Medium.AUDIO, "Hello.MP3"), fits(Medium.PICTURE, "hello.mp3"), fits(Medium.FILE, "a.b")
    (True, False, True)
    """
    known = CONTENT_TYPES.get(medium)
    return known is None or _suffix(name) in known


def medium_of(name: str) -> Medium | None:
    """What a file of that name is, where its end tells.

    >>> medium_of("Tour.MP4"), medium_of("prices.pdf")
    (<Medium.VIDEO: 'video'>, None)
    """
    return next((medium for medium, known in CONTENT_TYPES.items() if _suffix(name) in known), None)


def content_type(name: str) -> str:
    """What the web calls a file of that name.

    >>> content_type("media/shoe.JPG"), content_type("list.xyz")
    ('image/jpeg', 'application/octet-stream')
    """
    known = {suffix: type for types in CONTENT_TYPES.values() for suffix, type in types.items()}
    return known.get(_suffix(name), "application/octet-stream")


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
