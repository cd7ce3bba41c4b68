"""Why a message did not go to somebody, in words."""

from collections.abc import Mapping
from typing import Final

from otn_studio.blocks.words import Words

WORDS: Final[Mapping[str, Words]] = {
    "too_late": Words("the 24 hours were over"),
    "no_permission": Words("they hold no permission for the topic any more"),
    "used": Words("their permission was used by another message"),
    "expired": Words("their permission has expired"),
    "stopped": Words("they stopped the topic"),
    "too_soon": Words("they had another message on the topic, and it was too soon for the next"),
    "too_long": Words("the text is too long for a message that follows at once"),
    "not_in_country": Words("Messenger no longer takes recurring messages for the Page"),
    "unreachable": Words("they blocked the Page, or left the conversation"),
    "refused": Words("Messenger refused it"),
    "empty": Words("nothing was left of the text once it was filled in"),
    "earlier_failed": Words("a message before it could not be sent"),
    "asked_lately": Words("they were asked the same within a week"),
    "request_limit": Words("Messenger takes no more requests for them"),
    "cancelled": Words("the broadcast was canceled first"),
    "forgotten": Words("they were deleted since"),
}


def why(reason: str) -> Words:
    """A reason in words, whatever it is."""
    return WORDS.get(reason, WORDS["refused"])
