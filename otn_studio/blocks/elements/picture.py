from collections.abc import Iterator
from typing import Annotated
from urllib.parse import urlsplit

from otn_studio.blocks.block import Group, Kind, Option
from otn_studio.blocks.element import Element
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.outgoing import PictureMessage
from otn_studio.blocks.turn import Turn
from otn_studio.blocks.words import Words
from otn_studio.policy import limits


def is_web_address(url: str) -> bool:
    """Whether Messenger could open the address.

    >>> is_web_address("https://example.com/shoe.jpg"), is_web_address("C:/shoe.jpg")
    (True, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


class Picture(Element):
    """A picture, by its address on the web. Messenger takes pictures of up to 8 MB.

    >>> Picture(id="shoe", url="https://example.com/shoe.jpg").message(None)
    PictureMessage(url='https://example.com/shoe.jpg')
    """

    kind = Kind("picture", title="Picture", group=Group.MESSAGE, icon="image", ports=())

    url: Annotated[
        str, Option("Address", help="https://…", limit=limits.BUTTON_URL, required=True)
    ] = ""

    def message(self, turn: Turn) -> PictureMessage:
        return PictureMessage(self.url)

    def findings(self, lookup: Lookup, path: str) -> Iterator[Finding]:
        if self.url and not is_web_address(self.url):
            yield error(
                "not_a_web_address",
                Words("“{url}” is not an address on the web. Start it with https://", url=self.url),
                f"{path}url",
            )
