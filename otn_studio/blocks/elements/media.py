"""What pictures, videos, sounds and files have in common."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from otn_studio.blocks.addresses import is_file, is_web_address, kept_digest
from otn_studio.blocks.block import Option
from otn_studio.blocks.element import Element
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.outgoing import MediaMessage
from otn_studio.blocks.turn import Turn
from otn_studio.blocks.words import Words
from otn_studio.policy import limits, media
from otn_studio.policy.media import Medium


class Media(Element):
    """``url`` is an address on the web, or the way to a file from the folder of the flow."""

    medium: ClassVar[Medium]

    url: Annotated[
        str,
        Option(
            "From",
            help="https://… or a file of your own",
            limit=limits.BUTTON_URL,
            required=True,
            takes_files=True,
        ),
    ] = ""

    def message(self, turn: Turn) -> MediaMessage:
        return MediaMessage(self.medium, self.url)

    def findings(self, lookup: Lookup, path: str) -> Iterator[Finding]:
        if not self.url.strip() or is_web_address(self.url) or kept_digest(self.url):
            return
        if not is_file(self.url):
            yield error(
                "neither_web_nor_file",
                Words(
                    "“{url}” is neither an address on the web nor a file in the folder of the flow."
                    " Start it with https:// and put no blanks in it, or choose a file.",
                    url=self.url,
                ),
                f"{path}url",
            )
        elif self.url in lookup.missing_files:
            yield error(
                "missing_file",
                Words(
                    "“{file}” is not in the folder of the flow. Put it there, or choose it again.",
                    file=self.url,
                ),
                f"{path}url",
            )
        elif not media.fits(self.medium, self.url):
            yield error(
                "wrong_kind_of_file",
                Words(
                    "Messenger can’t show “{name}” here. Choose a file that ends with {endings}.",
                    name=self.url.rpartition("/")[2],
                    endings=", ".join(media.suffixes(self.medium)),
                ),
                f"{path}url",
            )
