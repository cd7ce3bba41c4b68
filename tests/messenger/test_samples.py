"""Real webhooks, as the restfb project collected them (MIT licence), and what each one is."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from otn_studio.messenger.events import event_of
from otn_studio.messenger.inbox import unpack

FOLDER = Path(__file__).parents[3] / "shared" / "webhooks" / "restfb"
NOW = datetime(2026, 1, 1, tzinfo=UTC)

# file: the kind of its only event, whose it is, and the conversation's event
EXPECTED = """
feed-comment-add-211                   change    -                 Commented
feed-comment-add-25                    change    -                 Commented
feed-comment-add-with-photo            change    -                 Commented
feed-comment-add-with-video            change    -                 Commented
feed-comment-edited-25                 change    -                 -
feed-comment-edited-with-photo         change    -                 -
feed-comment-edited-with-video         change    -                 -
feed-comment-hide                      change    -                 -
feed-comment-remove-25                 change    -                 -
feed-comment-unhide                    change    -                 -
feed-post-add-25                       change    -                 -
feed-post-edit                         change    -                 -
feed-post-hide                         change    -                 -
feed-post-remove-25                    change    -                 -
feed-post-unhide                       change    -                 -
messaging-accountlinking-linked        other     987654321432      -
messaging-accountlinking-unlinked      other     987654321432      -
messaging-airline-itinerary-template   message   987654321432      Wrote
messaging-approles                     other     987654321432      -
messaging-button-template              message   987654321432      Wrote
messaging-checkoutupdate-shipping      other     USER_ID           -
messaging-delivery-basic               delivery  987654321432      -
messaging-message-basic                message   987654321432      Wrote
messaging-message-basic-echo           echo      987654321432      -
messaging-message-edits                other     987654321432      -
messaging-message-fallback-attachment  message   987654321432      Wrote
messaging-message-isdeleted            other     987654321432      -
messaging-message-isunsupported        message   987654321432      Wrote
messaging-message-location-attachment  message   987654321432      Wrote
messaging-message-media-attachment     message   987654321432      Wrote
messaging-message-nlp-1                message   968155906638513   Wrote
messaging-message-nlp-2                message   968155906638513   Wrote
messaging-message-nlp-3                message   968155906638513   Wrote
messaging-message-nlp-4                message   968155906638513   Wrote
messaging-message-nlp-5                message   968155906638513   Wrote
messaging-message-nlp-6                message   968155906638513   Wrote
messaging-message-nlp-7                message   987654321432      Wrote
messaging-message-nlp-8                message   987654321432      Wrote
messaging-message-nlp-distance         message   987654321432      Wrote
messaging-message-nlp-duration         message   987654321432      Wrote
messaging-message-nlp-duration-2       message   987654321432      Wrote
messaging-message-nlp-email            message   987654321432      Wrote
messaging-message-nlp-email-2          message   987654321432      Wrote
messaging-message-nlp-error            message   1886939548028072  Wrote
messaging-message-nlp-location         message   987654321432      Wrote
messaging-message-nlp-money            message   987654321432      Wrote
messaging-message-nlp-phone            message   987654321432      Wrote
messaging-message-nlp-quantity         message   987654321432      Wrote
messaging-message-nlp-temperature      message   987654321432      Wrote
messaging-message-nlp-url              message   987654321432      Wrote
messaging-message-nlp-url-2            message   987654321432      Wrote
messaging-message-nlp-volume           message   987654321432      Wrote
messaging-message-prior                message   987654321432      Wrote
messaging-message-product-template     message   <PSID>            Wrote
messaging-message-product-template-2   message   send.id           Wrote
messaging-message-quickreply           message   987654321432      Wrote
messaging-message-reply-1              message   987654321432      Wrote
messaging-message-reply-2              message   987654321432      Wrote
messaging-message-sticker              message   987654321432      Wrote
messaging-message-sticker-thumbup      message   987654321432      Wrote
messaging-optin-basic                  optin     987654321432      -
messaging-optin-userref                optin     987654321432      -
messaging-pass-thread-control          handover  USER_ID           -
messaging-payment                      other     USER_ID           -
messaging-policy-callback-block        policy    -                 -
messaging-policy-callback-unblock      policy    -                 -
messaging-postback-basic               postback  987654321432      Tapped
messaging-postback-chat                postback  -                 Tapped
messaging-postback-referral            postback  987654321432      Tapped
messaging-reaction-1                   reaction  USER_ID           Reacted
messaging-reaction-2                   reaction  USER_ID           -
messaging-read-basic                   read      987654321432      -
messaging-referral-basic               referral  987654321432      OpenedLink
messaging-request-thread-control       other     USER_ID           -
messaging-take-thread-control          handover  USER_ID           -
standby-message-basic-echo             standby   987654321432      -
"""
ROWS = [line.split() for line in EXPECTED.strip().splitlines()]

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason=f"the samples of the restfb project are not at {FOLDER}"
)


@pytest.mark.parametrize(("name", "kind", "person", "event"), ROWS, ids=[row[0] for row in ROWS])
def test_sample(name, kind, person, event):
    received = unpack((FOLDER / f"{name}.json").read_bytes(), NOW)
    assert [one.kind for one in received] == [kind]
    events = [event_of(one.kind, one.item, one.at) for one in received]
    assert [type(one).__name__ if one else "-" for one in events] == [event]
    assert [one.person_id.replace(" ", ".") or "-" for one in received] == [person]


def test_every_sample_is_expected():
    assert sorted(row[0] for row in ROWS) == sorted(path.stem for path in FOLDER.glob("*.json"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("messaging-message-basic", "hello, world!"),
        ("messaging-message-nlp-temperature", "it is 26°C in here"),
        ("messaging-message-sticker", ""),
    ],
)
def test_what_was_written(name, text):
    [one] = unpack((FOLDER / f"{name}.json").read_bytes(), NOW)
    assert event_of(one.kind, one.item, one.at).text == text


@pytest.mark.parametrize(
    ("name", "at"),
    [
        ("messaging-message-basic", datetime(2016, 3, 12, 6, 29, 57, 627_000, UTC)),
        ("messaging-delivery-basic", datetime(2016, 3, 22, 17, 47, 36, 451_000, UTC)),
        ("feed-comment-add-211", datetime(2015, 12, 3, 9, 30, 3, 0, UTC)),
        ("messaging-optin-basic", NOW),
    ],
)
def test_when_it_was(name, at):
    """In milliseconds; from the entry; in seconds; absurd in both places."""
    [one] = unpack((FOLDER / f"{name}.json").read_bytes(), NOW)
    assert one.at == at
