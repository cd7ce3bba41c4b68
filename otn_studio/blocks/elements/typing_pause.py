from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from otn_studio.blocks.block import Group, Kind, Option
from otn_studio.blocks.element import Element
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.outgoing import Typing
from otn_studio.blocks.turn import Turn
from otn_studio.blocks.words import Words
from otn_studio.policy import limits


class TypingPause(Element):
    """Shows that you are writing, for a few seconds, before the next message comes.

    >>> TypingPause(id="wait", seconds=5).message(None)
    Typing(seconds=5)
    """

    kind = Kind(
        "typing_pause", title="Typing pause", group=Group.MESSAGE, icon="ellipsis", ports=()
    )

    is_message = False

    seconds: Annotated[int, Option("Seconds"), Field(strict=True)] = 3

    def message(self, turn: Turn) -> Typing:
        return Typing(max(1, min(self.seconds, limits.TYPING_SECONDS)))

    def summary(self) -> Words:
        return Words("Typing for {n} second", plural="Typing for {n} seconds", n=self.seconds)

    def findings(self, lookup: Lookup, path: str) -> Iterator[Finding]:
        if not 1 <= self.seconds <= limits.TYPING_SECONDS:
            yield error(
                "typing_out_of_range",
                Words(
                    "Messenger shows the typing sign for 1 to {limit} seconds. For a longer pause let"
                    " time pass with a Wait.",
                    limit=limits.TYPING_SECONDS,
                ),
                f"{path}seconds",
            )
