"""Bubbles from every kind of message that a flow sends."""

import pytest

from otn_studio.blocks.elements.recurring_request import Wording
from otn_studio.blocks.outgoing import (
    ButtonsMessage,
    CardsMessage,
    Choice,
    Detail,
    Link,
    MediaMessage,
    OptInCard,
    OwnDetail,
    PhoneCall,
    RecurringCard,
    ShownCard,
    TextMessage,
    Typing,
)
from otn_studio.policy.media import Medium
from otn_studio.studio.phone.bubbles import (
    Attached,
    Button,
    Buttons,
    Card,
    Carousel,
    Dots,
    OptIn,
    Picture,
    Replies,
    Said,
    of_message,
)


def test_a_text():
    assert of_message(TextMessage("Hello!")) == (Said(text="Hello!"),)


def test_a_text_with_quick_replies():
    message = TextMessage("Size?", (Choice("41", "ask.a"), Choice("42", "ask.b")))
    assert of_message(message) == (Said(text="Size?"), Replies(titles=("41", "42")))


def test_buttons_that_lead_on_and_away():
    message = ButtonsMessage("Shall we?", (Choice("Yes", "b.yes"), Link("Shop", "https://x.org")))
    (shown,) = of_message(message)
    assert shown == Buttons(
        text="Shall we?", buttons=(Button("Yes"), Button("Shop", "https://x.org"))
    )


def test_a_picture():
    assert of_message(MediaMessage(Medium.PICTURE, "https://x.org/a.jpg")) == (
        Picture(url="https://x.org/a.jpg"),
    )


@pytest.mark.parametrize("medium", [Medium.VIDEO, Medium.AUDIO, Medium.FILE])
def test_what_is_attached(medium):
    assert of_message(MediaMessage(medium, "media/a.x")) == (
        Attached(medium=medium, url="media/a.x"),
    )


def test_a_card_and_several():
    blue = ShownCard("Blue", "42", "https://x.org/b.jpg", (PhoneCall("Call", "+15105551234"),))
    red = ShownCard("Red", buttons=(Choice("Buy", "c.red.buy"),))
    first = Card(
        title="Blue",
        subtitle="42",
        picture="https://x.org/b.jpg",
        buttons=(Button("Call", phone="+15105551234"),),
    )
    second = Card(title="Red", buttons=(Button("Buy"),))
    assert of_message(CardsMessage((blue,))) == (first,)
    assert of_message(CardsMessage((blue, red))) == (Carousel(cards=(first, second)),)


def test_the_typing_sign():
    assert of_message(Typing(4)) == (Dots(seconds=4),)


def test_quick_replies_with_what_the_person_may_send_of_their_own():
    message = TextMessage("Yours?", (OwnDetail(Detail.PHONE), OwnDetail(Detail.EMAIL)))
    _said, replies = of_message(message)
    assert replies == Replies(titles=("Their phone number", "Their e-mail address"))


def test_an_opt_in_card_by_its_number():
    assert of_message(OptInCard("Tell me", "t1", "ask.opted_in"), index=2) == (
        OptIn(title="Tell me", index=2),
    )


def test_a_card_for_a_lasting_permission_has_its_own_words_and_picture():
    card = RecurringCard("News", "t1", "ask.opted_in", "https://x.org/a.jpg", True, "get_updates")
    assert of_message(card) == (
        OptIn(
            title="News",
            lasting=True,
            button="Get updates",
            picture="https://x.org/a.jpg",
            square=True,
        ),
    )


@pytest.mark.parametrize("wording", Wording)
def test_every_wording_that_can_be_chosen_is_shown(wording):
    (card,) = of_message(RecurringCard("News", "t1", "ask.opted_in", button=wording))
    assert card.button


def test_what_is_edited_is_highlighted_with_all_that_belongs_to_it():
    bubbles = of_message(TextMessage("Size?", (Choice("41", "ask.a"),)), highlighted=True)
    assert [bubble.highlighted for bubble in bubbles] == [True, True]
