"""What people do, and the exact webhooks that follow."""

from datetime import timedelta

import pytest

from otn_studio.emulator import actions
from otn_studio.emulator.contents import (
    Attachment,
    Button,
    Buttons,
    Card,
    Cards,
    Message,
    QuickReply,
    Text,
)
from otn_studio.emulator.errors import GraphError, Problem
from otn_studio.emulator.sends import Send
from otn_studio.policy.media import Medium
from tests.emulator.conftest import START_MS

YES_NO = (QuickReply("Yes", "chose-yes"), QuickReply("No", "chose-no"))
MENU = Buttons("Menu", (Button("Cakes", payload="cakes"), Button("Shop", url="https://shop.test/")))


@pytest.fixture
def show(world, ana):
    """Let the Page show Ana a message."""

    def show(content, quick_replies=()):
        return world.receive(Send(psid=ana.id, message=Message(content, quick_replies)))

    return show


@pytest.fixture
def met(world, ana):
    """Ana has a conversation."""
    actions.write(world, ana, "Hi")
    return ana


def _window_is_open(world, person) -> bool:
    try:
        world.receive(Send(psid=person.id, message=Message(Text("Still there?"))))
    except GraphError:
        return False
    return True


def _from(person, page, **what) -> dict:
    who = {"sender": {"id": person.id}, "recipient": {"id": page.id}}
    return who | {"timestamp": START_MS} | what


def test_writing(world, ana, page):
    (event,) = actions.write(world, ana, "Hi \N{SHORTCAKE}")
    mid = event["message"]["mid"]
    assert event == _from(ana, page, message={"mid": mid, "text": "Hi \N{SHORTCAKE}"})
    assert ana.phone.entries[0].shown() == {
        "at": "2030-01-31T12:00:00.123000+00:00",
        "from": "person",
        "kind": "text",
        "text": "Hi \N{SHORTCAKE}",
        "by_permission": False,
        "id": mid,
    }


@pytest.mark.parametrize("choice", ["Cakes", "cakes"])
def test_tapping_a_button_by_title_or_payload(world, met, page, show, choice):
    show(MENU)
    (event,) = actions.tap(world, met, choice)
    mid = event["postback"]["mid"]
    assert event == _from(met, page, postback={"mid": mid, "title": "Cakes", "payload": "cakes"})


def test_a_button_that_opens_a_page_tells_the_page_nothing(world, met, show, clock):
    show(MENU)
    clock.advance(timedelta(hours=24))
    assert actions.tap(world, met, "Shop") == []
    assert met.phone.entries[-1].fields["url"] == "https://shop.test/"
    assert not _window_is_open(world, met)


def test_a_button_that_calls_tells_the_page_nothing(world, met, show):
    show(Buttons("Help?", (Button("Call", phone="+15105551234"),)))
    assert actions.tap(world, met, "Call") == []
    assert met.phone.entries[-1].fields["phone"] == "+15105551234"


def test_two_buttons_of_a_carousel_that_say_the_same(world, met, show):
    cards = [
        Card(name, buttons=(Button("Buy", payload=f"buy {name}"),)) for name in ("blue", "red")
    ]
    show(Cards(tuple(cards)))
    for name in ("red", "blue"):
        (event,) = actions.tap(world, met, f"buy {name}")
        assert event["postback"]["payload"] == f"buy {name}"


def test_the_persons_own_number_and_address_are_what_they_send(world, met, show):
    for detail, own in met.details.items():
        show(Text("Yours?"), (QuickReply(detail=detail), QuickReply("No", "no")))
        assert met.phone.entries[-1].shown()["quick_replies"] == [own, "No"]
        (event,) = actions.tap(world, met, own)
        assert event["message"]["text"] == own
        assert event["message"]["quick_reply"] == {"payload": own}
    assert met.details["user_phone_number"].startswith("+1510555")
    assert met.details["user_email"] == "ana.maria.silva@example.com"


def test_buttons_stay_alive_and_the_newest_of_a_name_is_taken(world, met, show):
    show(Buttons("Old", (Button("Cakes", payload="old"), Button("Bread", payload="bread"))))
    show(Buttons("New", (Button("Cakes", payload="new"),)))
    show(Text("Take your time"))
    assert actions.tap(world, met, "Cakes")[0]["postback"]["payload"] == "new"
    assert actions.tap(world, met, "Bread")[0]["postback"]["payload"] == "bread"


def test_tapping_a_quick_reply_is_a_message(world, met, page, show):
    show(Text("Cake?"), YES_NO)
    assert met.phone.entries[-1].shown()["quick_replies"] == ["Yes", "No"]
    assert met.phone.entries[-1].kind == "quick_replies"
    (event,) = actions.tap(world, met, "No")
    message = {
        "mid": event["message"]["mid"],
        "text": "No",
        "quick_reply": {"payload": "chose-no"},
    }
    assert event == _from(met, page, message=message)


def test_quick_replies_below_a_picture(world, met, show):
    show(Attachment(Medium.PICTURE, "https://x.test/cake.png"), YES_NO)
    assert met.phone.entries[-1].kind == "picture"
    assert actions.tap(world, met, "Yes")[0]["message"]["quick_reply"]["payload"] == "chose-yes"


@pytest.mark.parametrize("how", ["person writes", "page writes", "one is tapped"])
def test_quick_replies_go_away_with_the_next_message(world, met, show, how):
    show(Text("Cake?"), YES_NO)
    if how == "person writes":
        actions.write(world, met, "Perhaps")
    elif how == "page writes":
        show(Text("Take your time"))
    else:
        actions.tap(world, met, "Yes")
    with pytest.raises(Problem, match="nothing on the phone to tap that says 'No'"):
        actions.tap(world, met, "No")


def test_quick_replies_survive_taps_on_older_things(world, met, show, ask):
    ask(met)
    show(MENU)
    show(Text("Cake?"), YES_NO)
    actions.tap(world, met, "Cakes")
    actions.notify_me(world, met)
    actions.react(world, met)
    assert actions.tap(world, met, "Yes")[0]["message"]["text"] == "Yes"


def test_a_quick_reply_comes_before_a_button_of_the_same_name(world, met, show):
    show(Buttons("Old", (Button("Yes", payload="old"),)))
    show(Text("Cake?"), YES_NO)
    assert "message" in actions.tap(world, met, "Yes")[0]
    assert "postback" in actions.tap(world, met, "Yes")[0]


def test_tapping_notify_me(world, met, page, ask):
    ask(met)
    assert met.phone.entries[-1].shown()["tapped"] is False
    card = met.phone.entries[-1]
    (event,) = actions.notify_me(world, met)
    token = event["optin"]["one_time_notif_token"]
    assert event == _from(
        met,
        page,
        optin={
            "type": "one_time_notif_req",
            "payload": "topic-7",
            "one_time_notif_token": token,
        },
    )
    assert card.shown()["tapped"] is True
    assert met.phone.entries[-1].shown()["on"] == "opt_in_card"


def test_notify_me_can_be_tapped_days_later_and_opens_no_window(world, met, ask, clock):
    ask(met)
    clock.advance(timedelta(days=3))
    actions.notify_me(world, met)
    assert not _window_is_open(world, met)


def test_the_newest_untapped_card_is_taken_first(world, met, ask):
    for title in ("one", "two", "three"):
        ask(met, title)
    actions.notify_me(world, met, index=2)
    actions.notify_me(world, met)
    actions.notify_me(world, met)
    taps = [entry.fields["card"] for entry in met.phone.entries if entry.kind == "tap"]
    assert taps == ["three", "two", "one"]
    with pytest.raises(Problem, match="no opt-in card on the phone that was not tapped"):
        actions.notify_me(world, met)


def test_a_card_is_tapped_once_and_must_exist(world, met, ask):
    ask(met)
    actions.notify_me(world, met, index=0)
    with pytest.raises(Problem, match="card 0 was tapped already"):
        actions.notify_me(world, met, index=0)
    for index in (1, -1):
        with pytest.raises(Problem, match="1 opt-in cards on the phone"):
            actions.notify_me(world, met, index=index)


def test_get_started(world, ana, page):
    (event,) = actions.get_started(world, ana)
    postback = {
        "mid": event["postback"]["mid"],
        "title": "Get Started",
        "payload": "GET_STARTED",
    }
    assert event == _from(ana, page, postback=postback)


REFERRAL = {"ref": "poster", "source": "SHORTLINK", "type": "OPEN_THREAD"}


def test_a_link_within_a_conversation_is_a_referral(world, met, page):
    assert actions.open_link(world, met, "poster") == [_from(met, page, referral=REFERRAL)]


def test_a_link_without_a_conversation_starts_one(world, ana, page):
    (event,) = actions.open_link(world, ana, "poster")
    postback = {
        "mid": event["postback"]["mid"],
        "title": "Get Started",
        "payload": "GET_STARTED",
        "referral": REFERRAL,
    }
    assert event == _from(ana, page, postback=postback)
    assert "referral" in actions.open_link(world, ana, "poster")[0]


def test_how_long_a_ref_is(world, met):
    actions.open_link(world, met, "x" * 2083)
    with pytest.raises(Problem, match="at most 2083"):
        actions.open_link(world, met, "x" * 2084)


def test_reacting_to_the_newest_message_of_the_page(world, met, page, show):
    show(Text("First"))
    mid = show(Text("Second")).message_id
    actions.write(world, met, "Oh!")
    reaction = {
        "mid": mid,
        "action": "react",
        "reaction": "sad",
        "emoji": "\N{CRYING FACE}",
    }
    assert actions.react(world, met, "sad") == [_from(met, page, reaction=reaction)]


def test_a_reaction_needs_a_message_and_a_name(world, met, show):
    with pytest.raises(Problem, match="no message of the Page"):
        actions.react(world, met)
    show(Text("Hello"))
    with pytest.raises(Problem, match="A reaction is one of"):
        actions.react(world, met, "bored")


@pytest.mark.parametrize(
    "act",
    [
        lambda world, ana: actions.write(world, ana, "Hi"),
        lambda world, ana: actions.tap(world, ana, "Cakes"),
        lambda world, ana: actions.tap(world, ana, "Yes"),
        actions.get_started,
        actions.react,
        lambda world, ana: actions.open_link(world, ana, "poster"),
    ],
    ids=["message", "button", "quick reply", "get started", "reaction", "link"],
)
def test_what_opens_the_window(world, met, show, clock, act):
    show(MENU)
    show(Text("Cake?"), YES_NO)
    clock.advance(timedelta(days=2))
    assert not _window_is_open(world, met)
    act(world, met)
    assert _window_is_open(world, met)


@pytest.mark.parametrize("act", [actions.get_started, lambda w, a: actions.open_link(w, a, "x")])
def test_a_new_conversation_opens_the_window(world, ana, act):
    act(world, ana)
    assert _window_is_open(world, ana)


def test_blocking_tells_the_page_nothing_and_ends_all_acts(world, met, show, ask):
    show(MENU)
    ask(met)
    assert actions.block(world, met) == []
    for act in (
        lambda: actions.write(world, met, "Hi"),
        lambda: actions.tap(world, met, "Cakes"),
        lambda: actions.tap(world, met, "Shop"),
        lambda: actions.notify_me(world, met),
        lambda: actions.block(world, met),
    ):
        with pytest.raises(Problem, match="Ana Maria Silva has blocked the Page"):
            act()
    assert met.phone.entries[-1].kind == "block"
    assert met.phone.card(None).tapped is False
