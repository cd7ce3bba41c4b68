"""Why a message was not sent, in words for people."""

from typing import Final

from otn_studio.blocks.words import Words

_WORDS: Final = {
    "too_late": Words("the 24 hours since the person last wrote were over"),
    "no_permission": Words("the person has given no permission for this topic"),
    "used": Words("the permission has been used already"),
    "expired": Words("the permission had expired"),
    "empty": Words("there was no text in it for this person"),
    "earlier_failed": Words("the message before it could not be sent"),
    "refused": Words("Messenger did not take it"),
    "unreachable": Words("the person can't be reached: they blocked the Page or left"),
    "stopped": Words("the person has stopped this topic"),
    "request_limit": Words("Messenger lets us ask this person no more for now"),
}


def words(reason: str) -> Words:
    """The reason in words; one that is not known stands for itself."""
    return _WORDS.get(reason) or Words("{reason}", reason=reason)
