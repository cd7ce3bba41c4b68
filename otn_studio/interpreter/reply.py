"""What we put behind a button or a card, to know the place in the flow when it is tapped.

It names the version that sent it, so that a tap goes on in that version, days later too, and for a
card the topic by its id, so that renaming a topic orphans no permission.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_MARK: Final = "otn1"
_SEPARATOR: Final = "|"  # no id holds one


@dataclass(frozen=True, slots=True)
class Reply:
    """A way out of a block of one version of a flow. ``topic`` is set on opt-in cards."""

    flow: str
    version: int
    block: str
    port: str
    topic: str = ""

    def __str__(self) -> str:
        return replies(self.flow, self.version, self.block, self.topic)(self.port)


def replies(flow: str, version: int, block: str, topic: str = "") -> Callable[[str], str]:
    """What stands behind each way out of a block, by the way out."""
    before = _SEPARATOR.join((_MARK, flow, str(version), block, ""))
    return lambda port: f"{before}{port}{_SEPARATOR}{topic}"


def is_ours(text: str) -> bool:
    """Whether we put it behind something to tap.

    >>> is_ours("otn1stop|weekly"), is_ours("+15105551234")
    (True, False)
    """
    return text.startswith(_MARK)


def read(text: str) -> Reply | None:
    """The reply that a text stands for; none where it is not one of ours.

    >>> read(str(Reply("shop", 3, "ask", "otn.opted_in", "t1")))
    Reply(flow='shop', version=3, block='ask', port='otn.opted_in', topic='t1')
    """
    match text.split(_SEPARATOR):
        case [mark, flow, version, block, port, topic] if mark == _MARK and version.isdecimal():
            return Reply(flow, int(version), block, port, topic)
    return None
