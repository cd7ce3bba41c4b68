"""What people write where something is: an address on the web, a file, a telephone number."""

import re
from urllib.parse import urlsplit

from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.words import Words

_KEPT = "kept:"


def is_web_address(url: str) -> bool:
    """Whether Messenger could open the address.

    >>> is_web_address("https://example.com/shoe.jpg"), is_web_address("C:/shoe.jpg")
    (True, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if re.search(r"[\s\x00-\x1f\x7f]", url):
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def not_on_the_web(url: str, field: str) -> Finding:
    return error(
        "not_a_web_address",
        Words(
            "“{url}” is not an address on the web. Start it with https:// and put no blanks in it.",
            url=url,
        ),
        field,
    )


def is_file(path: str) -> bool:
    """Whether it is the way to a file that lies beside the flow or in a folder there.

    >>> is_file("media/shoe.jpg"), is_file("../shoe.jpg"), is_file("https://example.com/shoe.jpg")
    (True, False, False)
    """
    steps = path.split("/")
    return not re.search(r"[:\\\x00-\x1f]", path) and all(
        step.strip() and step not in (".", "..") for step in steps
    )


def kept_by(digest: str, path: str) -> str:
    """What stands in a published flow for a file that lay in its folder.

    >>> kept_by("9f86d0", "media/shoe.jpg")
    'kept:9f86d0/shoe.jpg'
    """
    return f"{_KEPT}{digest}/{path.rpartition('/')[2]}"


def kept_digest(url: str) -> str | None:
    """By which digest a file is kept; none where it is no such file.

    >>> kept_digest("kept:9f86d0/shoe.jpg"), kept_digest("https://example.com/shoe.jpg")
    ('9f86d0', None)
    """
    found = re.fullmatch(f"{_KEPT}([0-9a-f]+)/[^/]+", url)
    return found[1] if found else None


def dialled(number: str) -> str:
    """A telephone number as it is dialled, without what only helps the eye.

    >>> dialled("+1 (510) 555-1234")
    '+15105551234'
    """
    return re.sub(r"[\s()./-]", "", number)


def is_dialled_anywhere(number: str) -> bool:
    """Whether it is a whole number, the country's included: no more than 15 digits.

    >>> is_dialled_anywhere("+49 30 1234567"), is_dialled_anywhere("030 1234567")
    (True, False)
    """
    return re.fullmatch(r"\+[1-9][0-9]{6,14}", dialled(number)) is not None
