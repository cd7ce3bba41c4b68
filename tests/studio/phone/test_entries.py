"""Bubbles from what the emulator's own phone tells of every kind of thing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from otn_studio.emulator import actions, asking, contents
from otn_studio.emulator.clock import MovableClock
from otn_studio.emulator.identity import PageIdentity
from otn_studio.emulator.ids import Ids
from otn_studio.emulator.sends import Send
from otn_studio.emulator.world import World
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.media import Medium
from otn_studio.studio import words, written
from otn_studio.studio.phone.bubbles import (
    Attached,
    Button,
    Buttons,
    Card,
    Carousel,
    Dots,
    GoOn,
    Line,
    OptIn,
    Picture,
    Replies,
    Said,
)
from otn_studio.studio.phone.entries import Kept, kept_topics, of_entries
from otn_studio.studio.phone.window_over import WindowOver
from otn_studio.studio.services.services import Lasting

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Conversation:
    """A person of an emulated world, and the bubbles of their phone."""

    def __init__(self) -> None:
        self.clock = MovableClock(base=lambda: NINE)
        page = PageIdentity("1", "Kicks & Co", "token", "secret", "2")
        self.world = World(page, self.clock, Ids(seed=1))
        self.ann = self.world.add_person("Ann")

    def write(self, text="restock"):
        actions.write(self.world, self.ann, text)

    def receive(self, content, *replies, token=None):
        quick = tuple(contents.QuickReply(title, title) for title in replies)
        message = contents.Message(content, quick)
        psid = None if token else self.ann.id
        self.world.receive(Send(psid=psid, token=token, message=message))

    def bubbles(self, name="Ann"):
        entries = [entry.shown() for entry in self.ann.phone.entries]
        return of_entries(entries, self.clock.now(), name)

    def typing(self):
        """The same while the Page's typing sign is there."""
        entries = [entry.shown() for entry in self.ann.phone.entries]
        now = self.clock.now()
        return of_entries(entries, now, "Ann", self.ann.phone.shows_typing(now))

    def middle(self):
        """Without the first line, which says when, and the last, which says how long still."""
        first, *middle, last = self.bubbles()
        assert isinstance(first, Line)
        assert isinstance(last, Line)
        return middle


@pytest.fixture
def chat():
    return Conversation()


def test_nothing_yet(chat):
    assert chat.bubbles() == ()


def test_words_of_both(chat):
    chat.write()
    chat.receive(contents.Text("Hi Ann"))
    assert chat.bubbles() == (
        Line(text=f"TODAY {written.time(NINE)}"),
        Said(text="restock", by_person=True),
        Said(text="Hi Ann"),
        Line(text="You can write to Ann freely for 24 hours"),
    )


def test_quick_replies_stand_at_the_end_until_the_conversation_goes_on(chat):
    chat.write()
    chat.receive(contents.Text("Size?"), "41", "42")
    assert chat.middle()[1:] == [Said(text="Size?"), Replies(titles=("41", "42"))]
    actions.tap(chat.world, chat.ann, "42")
    assert chat.middle()[1:] == [Said(text="Size?"), Said(text="42", by_person=True)]


def test_a_tap_on_an_older_button_leaves_the_quick_replies(chat):
    chat.write()
    chat.receive(contents.Buttons("Shall we?", (contents.Button("Yes", payload="yes"),)))
    chat.receive(contents.Text("Size?"), "41")
    actions.tap(chat.world, chat.ann, "Yes")
    assert chat.middle()[-2:] == [Said(text="Yes", by_person=True), Replies(titles=("41",))]


def test_buttons_and_what_a_web_page_leaves_behind(chat):
    chat.write()
    buttons = (contents.Button("Yes", payload="y"), contents.Button("Shop", url="https://x.org"))
    chat.receive(contents.Buttons("Shall we?", buttons))
    actions.tap(chat.world, chat.ann, "Shop")
    assert chat.middle()[1:] == [
        Buttons(
            text="Shall we?", buttons=(Button("Yes", reply="y"), Button("Shop", "https://x.org"))
        ),
        Line(text="Opened https://x.org"),
    ]


def test_a_picture(chat):
    chat.write()
    chat.receive(contents.Attachment(Medium.PICTURE, "https://x.org/a.jpg"))
    assert chat.middle()[1:] == [Picture(url="https://x.org/a.jpg")]


@pytest.mark.parametrize("medium", [Medium.VIDEO, Medium.AUDIO, Medium.FILE])
def test_what_is_attached(chat, medium):
    chat.write()
    chat.receive(contents.Attachment(medium, "https://x.org/a.x"))
    assert chat.middle()[1:] == [Attached(medium=medium, url="https://x.org/a.x")]


def test_the_typing_sign_stands_at_the_end_until_the_message_comes(chat):
    chat.write()
    chat.world.receive(Send(psid=chat.ann.id, sender_action="typing_on"))
    assert chat.typing()[-2] == Dots()
    chat.receive(contents.Text("Found it"))
    assert Dots() not in chat.typing()


def test_a_card_and_a_carousel(chat):
    chat.write()
    call = contents.Button("Call", phone="+15105551234")
    blue = contents.Card("Blue", "42", "https://x.org/b.jpg", (contents.Button("Buy", "b"), call))
    red = contents.Card("Red", buttons=(contents.Button("Buy", payload="r"),))
    chat.receive(contents.Cards((blue,)))
    chat.receive(contents.Cards((blue, red)))
    first = Card(
        title="Blue",
        subtitle="42",
        picture="https://x.org/b.jpg",
        buttons=(Button("Buy", reply="b"), Button("Call", phone="+15105551234")),
    )
    second = Card(title="Red", buttons=(Button("Buy", reply="r"),))
    assert chat.middle()[1:] == [first, Carousel(cards=(first, second))]
    actions.tap(chat.world, chat.ann, "Call")
    assert chat.middle()[-1] == Line(text="Called +15105551234")


def test_each_of_two_cards_can_be_tapped(chat):
    chat.write()
    chat.receive(asking.OptInCard("First", "a"))
    chat.receive(asking.OptInCard("Second", "b"))

    def cards():
        return [bubble for bubble in chat.bubbles() if isinstance(bubble, OptIn)]

    assert cards() == [
        OptIn(title="First", index=0),
        OptIn(title="Second", index=1),
    ]
    actions.notify_me(chat.world, chat.ann)
    assert cards() == [
        OptIn(title="First", index=0),
        OptIn(title="Second", index=1, tapped=True),
    ]
    assert chat.middle()[-1] == Line(text="“Notify Me” tapped")


@pytest.mark.parametrize(
    ("topics", "name", "said"),
    [
        (["Shoes"], "Ann", "Ann opted in to “Shoes”"),
        (["Shoes"], "", "Opted in to “Shoes”"),
        (["Shoes", "Hats"], "Ann", "“Notify Me” tapped"),
    ],
)
def test_a_tap_names_the_topic_where_it_is_certain(topics, name, said):
    at = NINE.isoformat()
    card = {"at": at, "from": "page", "kind": "opt_in_card", "title": "Tell me", "tapped": True}
    tap = {"at": at, "from": "person", "kind": "tap", "on": "opt_in_card", "card": "Tell me"}
    entries = [*({**card, "topic": topic} for topic in topics), tap]
    assert of_entries(entries, NINE, name)[-1] == Line(text=said)


def test_a_message_by_permission_says_so(chat):
    chat.write()
    chat.receive(asking.OptInCard("Tell me", "a"))
    (event,) = actions.notify_me(chat.world, chat.ann)
    token = event["optin"]["one_time_notif_token"]
    chat.clock.advance(timedelta(days=3))
    chat.receive(contents.Text("They are back"), token=token)
    assert chat.bubbles()[-4:] == (
        Line(text=f"TODAY {written.time(NINE)}"),
        Said(text="They are back"),
        Line(text="Sent with Ann’s permission"),
        WindowOver(text="Ann’s 24 hours are over: writing now takes a permission."),
    )
    assert chat.bubbles(name="")[-2:] == (
        Line(text="Sent with permission"),
        WindowOver(text="The 24 hours are over: writing now takes a permission."),
    )


def test_everything_without_words_is_a_line(chat):
    chat.write()
    chat.receive(contents.Text("Hi"))
    actions.react(chat.world, chat.ann, "love")
    actions.open_link(chat.world, chat.ann, "poster")
    actions.block(chat.world, chat.ann)
    assert chat.middle()[2:] == [
        Line(text="Reacted with \N{HEAVY BLACK HEART}"),
        Line(text="Came by the link “poster”"),
        Line(text="Blocked the Page"),
    ]


def test_get_started_is_what_the_person_says(chat):
    actions.get_started(chat.world, chat.ann)
    assert chat.middle() == [Said(text="Get Started", by_person=True)]


def test_a_kind_that_is_not_known_does_not_break_the_phone():
    entries = [
        {"at": NINE.isoformat(), "from": "person", "kind": "dance"},
        {"at": NINE.isoformat(), "from": "page", "kind": "hologram", "by_permission": False},
    ]
    assert of_entries(entries, NINE)[1:3] == (
        Line(text="Did something that can’t be shown here"),
        Said(text=""),
    )


def test_a_pause_gets_a_line_with_the_time_and_an_answer_within_the_hour_does_not(chat):
    chat.write()
    chat.clock.advance(timedelta(minutes=59))
    chat.receive(contents.Text("Still there?"))
    chat.clock.advance(timedelta(hours=2))
    chat.write("yes")
    lines = [bubble.text for bubble in chat.bubbles() if isinstance(bubble, Line)]
    times = [
        f"TODAY {written.time(NINE + after)}"
        for after in (timedelta(), timedelta(hours=2, minutes=59))
    ]
    assert lines == [*times, "You can write to Ann freely for 24 hours"]


def test_notify_me_does_not_open_the_window(chat):
    chat.write()
    chat.receive(asking.OptInCard("Tell me", "a"))
    chat.clock.advance(timedelta(hours=20))
    actions.notify_me(chat.world, chat.ann)
    assert chat.bubbles()[-1] == Line(text="You can write to Ann freely for 4 hours")


def recurring(title="Deals", **more):
    return asking.RecurringCard(title, "a", Frequency.WEEKLY, **more)


def test_a_recurring_card_its_yes_and_its_end(chat):
    chat.write()
    chat.receive(recurring(image_url="https://x.org/a.jpg", aspect_ratio="SQUARE"))
    card = OptIn(
        title="Deals",
        lasting=True,
        often=Frequency.WEEKLY,
        button="Get updates",
        picture="https://x.org/a.jpg",
        square=True,
    )
    assert chat.middle()[1:] == [card]
    chat.clock.advance(timedelta(minutes=20))
    actions.notify_me(chat.world, chat.ann)
    actions.stop(chat.world, chat.ann, "Deals")
    actions.resume(chat.world, chat.ann, "Deals")
    assert chat.middle()[1:] == [
        replace(card, tapped=True),
        Line(text="“Get updates” tapped"),
        Line(text="Stopped “Deals”"),
        Line(text="Wants “Deals” again"),
    ]
    assert chat.bubbles()[-1] == Line(text="You can write to Ann freely for 23 h 40 min")


def test_messenger_asks_whether_it_shall_go_on():
    at = NINE.isoformat()
    card = {"at": at, "from": "page", "kind": "reoptin_card", "title": "Deals"}
    card |= {"button": "Continue messages", "tapped": True}
    tap = {"at": at, "from": "person", "kind": "tap", "on": "reoptin_card", "card": "Deals"}
    assert of_entries([card, {**card, "tapped": False}, tap], NINE)[1:] == (
        GoOn(title="Deals", button="Continue messages", tapped=True),
        GoOn(title="Deals", button="Continue messages", index=1),
        Line(text="Let “Deals” go on"),
    )


def test_messengers_buttons_are_in_the_language_of_the_studio(monkeypatch):
    for remembered in ("_TRANSLATOR", "_LANGUAGE"):
        monkeypatch.setattr(words, remembered, getattr(words, remembered))
    words.speak("de")
    card = {"at": NINE.isoformat(), "from": "page", "kind": "reoptin_card", "title": "Deals"}
    shown = of_entries([{**card, "button": "Continue messages"}], NINE)
    assert GoOn(title="Deals", button="Weiter Nachrichten erhalten") in shown


def test_the_topics_that_a_person_could_stop(chat):
    chat.write()
    chat.receive(recurring("First"))
    chat.receive(recurring("Second"))
    actions.notify_me(chat.world, chat.ann, 0)
    actions.notify_me(chat.world, chat.ann, 1)
    entries = [entry.shown() for entry in chat.ann.phone.entries]
    entries[1]["topic"] = "Shoes"
    lasting = (Lasting("First", False), Lasting("Second", True))
    assert kept_topics(lasting, entries) == (
        Kept("First", "Shoes", False),
        Kept("Second", "Second", True),
    )
