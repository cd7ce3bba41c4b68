"""Why a message was not sent, in words for people."""

from typing import Final

from otn_studio.blocks.words import Words

WORDS: Final = {
    "too_late": Words("the 24 hours since the person last wrote were over"),
    "no_permission": Words("the person has given no permission for this topic"),
    "used": Words("the permission has been used already"),
    "expired": Words("the permission had expired"),
    "empty": Words("there was no text in it for this person"),
    "file_refused": Words("Messenger does not take the file that belongs to it"),
    "earlier_failed": Words("the message before it could not be sent"),
    "refused": Words("Messenger did not take it"),
    "unreachable": Words("the person can’t be reached: they blocked the Page or left"),
    "stopped": Words("the person has stopped this topic"),
    "too_soon": Words("it is too soon for another message on this topic"),
    "too_long": Words("a message that follows another so soon may have 250 characters only"),
    "not_in_country": Words("Messenger has ended recurring notifications where the Page is"),
    "asked_lately": Words("the person was asked the same in the last 7 days"),
    "one_time_topic": Words(
        "the topic is a one-time topic, and this asks for a lasting permission"
    ),
    "not_a_reply": Words(
        "a comment can be answered with one message only, which asks for no permission"
    ),
    "request_limit": Words("Messenger lets us ask this person no more for now"),
}


def words(reason: str) -> Words:
    """The reason in words; one that is not known stands for itself."""
    return WORDS.get(reason) or Words("{reason}", reason=reason)
