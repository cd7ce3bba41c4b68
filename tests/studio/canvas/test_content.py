import pytest

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.block import Group, Role
from otn_studio.blocks.elements.audio import Audio
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.carousel import Carousel, CarouselCard
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.quick_replies import PhoneOrEmail, QuickReplies
from otn_studio.blocks.elements.recurring_request import RecurringRequest
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.elements.typing_pause import TypingPause
from otn_studio.blocks.logic.condition import Condition, FieldTest, TagTest
from otn_studio.blocks.logic.go_to_flow import GoToFlow
from otn_studio.blocks.logic.random_split import RandomSplit, Way
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.blocks.start.opted_in import OptedIn
from otn_studio.blocks.start.resumed import Resumed
from otn_studio.blocks.start.stopped import Stopped
from otn_studio.blocks.testing import LastAnswerTest, TimeTest, TopicTest, WindowTest
from otn_studio.studio.canvas.content import Card, Names, Says, Thing, Topic, content_of

NAMES = Names({"shoes": "Blue sneakers"}, {"size": "Shoe size"}, {"shop": "The shop"})


def content(block, *connected: str):
    return content_of(block, connected, NAMES)


def said(block) -> list[str]:
    return [
        " ".join(run.text for run in piece.runs)
        for piece in content(block).pieces
        if isinstance(piece, Says)
    ]


def test_a_summary_that_fits_is_the_title():
    found = content(Wait(for_="2 days"))
    assert (found.title, found.pieces, found.icon) == ("Wait 2 days", (), "hourglass")


def test_a_longer_summary_goes_on_below_the_name_of_the_type():
    block = Keyword(keywords=("restock", "notify me", "back in stock"))
    assert content(block).title == "Someone writes"
    assert said(block) == ["“restock”, “notify me”, “back in stock”"]


def test_the_persons_own_title_comes_before_the_summary():
    block = SetField(title="Note it", field="size", value="42")
    assert content(block).title == "Note it"
    assert said(block) == ["Set “Shoe size” to “42”"]


def test_an_empty_message_counts_nothing():
    assert content(SendMessage()).title == "Send Message"


def test_a_request_is_a_card_with_its_topic_and_the_block_wears_its_colour():
    request = OtnRequest(id="card", topic="shoes", title="Get told about {{ contact.size }}")
    found = content(SendMessage(elements=(Text(id="hi", text="Hello"), request)))
    assert (found.group, found.icon) == (Group.PERMISSION, "bell")
    says, card = found.pieces
    assert says == Says((("Hello", False),), "elements.0")
    assert isinstance(card, Card)
    assert [run.text for run in card.title] == ["Get told about ", "Shoe size"]
    assert (card.topic, card.button, card.path) == ("Blue sneakers", "Notify Me", "elements.1")
    assert [way.group for way in found.ways] == [Group.PERMISSION, None]


def test_a_request_without_topic_or_words_says_so():
    (card,) = content(SendMessage(elements=(OtnRequest(id="card"),))).pieces
    assert card.topic == "No topic yet"
    assert card.title[0].text == "Nothing written yet"


def test_a_topic_that_is_gone_is_told():
    assert content(Announced(topic="gone")).pieces[0] == Topic("A topic that is gone")
    assert content(Announced(topic="shoes")).pieces[0] == Topic("Blue sneakers")


def test_a_recurring_request_wears_the_words_of_its_own_button():
    request = RecurringRequest(id="card", topic="shoes", title="Deals", button="sign_up")
    (card,) = content(SendMessage(elements=(request,))).pieces
    assert (card.topic, card.button) == ("Blue sneakers", "Sign up for messages")


def test_another_flow_is_told_by_its_name():
    assert content(GoToFlow(flow="shop")).pieces == (Thing("workflow", "The shop", ""),)
    assert content(GoToFlow(flow="gone")).pieces == (Thing("workflow", "A flow that is gone", ""),)
    assert content(GoToFlow()).pieces == ()


@pytest.mark.parametrize("start", [OptedIn, Stopped, Resumed])
def test_starts_of_a_topic_wear_its_chip(start):
    assert content(start(topic="shoes")).pieces == (Topic("Blue sneakers"),)


def test_a_picture_and_a_link_are_shown_by_their_icons():
    picture = Picture(id="p", url="https://example.com/blue/shoe.jpg")
    link = Button(id="shop", title="To the shop", url="https://example.com")
    buttons = Buttons(id="b", text="Now?", buttons=(Button(id="yes", title="Yes"), link))
    found = content(SendMessage(elements=(picture, buttons)))
    assert [piece for piece in found.pieces if isinstance(piece, Thing)] == [
        Thing("image", "shoe.jpg", "elements.0"),
        Thing("link", "To the shop", "elements.1"),
    ]
    assert [way.label for way in found.ways] == ["Yes", "Next"]


def test_what_has_no_text_of_its_own_says_what_it_is():
    call = Button(id="call", title="Call us", phone="+15105551234")
    cards = (
        CarouselCard(id="blue", title="Blue {{ contact.size }}", buttons=(call,)),
        CarouselCard(id="red", title="Red", buttons=(Button(id="buy", title="Buy"),)),
    )
    replies = (PhoneOrEmail(id="tel"), PhoneOrEmail(id="mail", detail="email_address"))
    elements = (
        Carousel(id="c", cards=cards),
        Audio(id="a", url="media/hello.mp3"),
        TypingPause(id="t", seconds=4),
        QuickReplies(id="q", text="Yours?", replies=replies),
    )
    found = content(SendMessage(elements=elements))
    assert [piece for piece in found.pieces if isinstance(piece, Thing)] == [
        Thing("gallery-horizontal", "2 cards: Blue Shoe size, Red", "elements.0"),
        Thing("phone", "Call us", "elements.0"),
        Thing("audio-lines", "hello.mp3", "elements.1"),
        Thing("ellipsis", "Typing for 4 seconds", "elements.2"),
        Thing("phone", "Phone number", "elements.3"),
        Thing("mail", "E-mail address", "elements.3"),
    ]
    assert [way.label for way in found.ways] == ["Buy", "Next"]


def test_a_condition_says_what_it_tests():
    block = Condition(
        tests=(FieldTest(field="size", operator="more_than", value="42"), TagTest(tag="vip"))
    )
    assert said(block) == ["Shoe size more than “42”", "Tag “vip” yes"]
    looks = (
        FieldTest(field="size", operator="has_phone", value="what was here before"),
        FieldTest(field="size", operator="has_pattern", value="^[0-9]{2}$", example="42"),
    )
    assert said(Condition(tests=looks)) == [
        "Shoe size has a phone number",
        "Shoe size fits a pattern “^[0-9]{2}$”",
    ]
    of_the_moment = (
        *(TopicTest(topic="shoes"), TopicTest(topic="gone", state="held"), WindowTest()),
        TimeTest(weekdays=["monday", "friday"], clocks="page"),
        LastAnswerTest(longer_ago="7 days"),
    )
    assert said(Condition(tests=of_the_moment)) == [
        "Blue sneakers usable now",
        "A topic that is gone held",
        "The 24 hours are open yes",
        "From 09:00 until 17:00 on Monday, Friday the page",
        "Longer ago than 7 days",
    ]


def test_the_ways_of_a_split_say_their_shares():
    ways = [Way(id="a", name="Old text", weight=3), Way(id="b", weight=1)]
    assert said(RandomSplit(ways=ways))[-2:] == ["Name “Old text” 3", "Name 1"]


def test_ways_out_for_trouble_are_shown_only_where_they_are_connected():
    block = SendMessage(elements=(Text(id="hi", text="Hello"),))
    assert [way.port for way in content(block).ways] == ["next"]
    shown = content(block, "too_late").ways
    assert [(way.port, way.role) for way in shown] == [
        ("next", Role.NEXT),
        ("too_late", Role.RESCUE),
    ]


def test_nothing_leads_to_a_start():
    assert not content(Keyword()).has_way_in
    assert content(Wait()).has_way_in
