"""How large a file on the web is, as its server tells it without sending it."""

from otn_studio.blocks.words import Words
from otn_studio.policy import limits
from otn_studio.policy.media import Medium

SECONDS = 5
MEGABYTE = 1024 * 1024


def size_of(url: str) -> int | None:
    """In bytes; none where the server can't be reached or does not say."""
    from http.client import HTTPException  # loaded for the few who ask
    from urllib.request import Request, urlopen

    try:
        with urlopen(Request(url, method="HEAD"), timeout=SECONDS) as answer:
            length = answer.headers.get("Content-Length", "")
    except (OSError, ValueError, HTTPException):
        return None
    return int(length) if length.isdecimal() else None


def complaint(size: int | None, medium: Medium) -> Words | None:
    """What is wrong with a file on the web of that size; nothing where it fits or is not known.

    >>> complaint(9 * MEGABYTE, Medium.PICTURE).values["limit"], complaint(9 * MEGABYTE, Medium.VIDEO)
    (8, None)
    """
    most = limits.PICTURE_BYTES if medium is Medium.PICTURE else limits.ATTACHMENT_BYTES
    if size is None or size <= most:
        return None
    return Words(
        "What is at this address is {size} MB large. Messenger takes no more than {limit} MB from the"
        " web: use a smaller one, or a file of your own.",
        size=f"{size / MEGABYTE:.1f}",
        limit=most // MEGABYTE,
    )
