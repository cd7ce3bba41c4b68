"""The findings that only one type of block knows of."""

import pytest

from otn_studio.blocks.block import Start
from otn_studio.blocks.comparing import Operator
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.element import Element
from otn_studio.blocks.elements.buttons import Button, Buttons
from otn_studio.blocks.elements.card import Card
from otn_studio.blocks.elements.carousel import Carousel, CarouselCard
from otn_studio.blocks.elements.file import File
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
from otn_studio.blocks.elements.recurring_request import RecurringRequest
from otn_studio.blocks.elements.text import Text
from otn_studio.blocks.elements.typing_pause import TypingPause
from otn_studio.blocks.elements.video import Video
from otn_studio.blocks.logic.condition import Condition, FieldTest
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.comment import Comment
from otn_studio.blocks.start.keyword import Keyword
from otn_studio.flow.document import Flow
from otn_studio.policy import limits
from otn_studio.policy.calendar import Frequency
from tests.builders import a_flow, say, started
from tests.checks.cases import error, found, warning

TEXT, OTHER = Text(id="a", text="Hello"), Text(id="b", text="Bye")
REPLIES = QuickReplies(id="r", text="Well?", replies=(QuickReply(id="yes", title="Yes"),))
CARD = OtnRequest(id="c", topic="shoes", title="Tell me")


def sends(*elements: object, by_topic: str = "") -> Flow:
    return started(SendMessage(elements=elements, by_topic=by_topic))


def buttons(count: int, **more: str) -> Buttons:
    made = tuple(Button(id=f"b{number}", title="x", **more) for number in range(count))
    return Buttons(id="e", text="Well?", buttons=made)


def replies(count: int) -> QuickReplies:
    made = tuple(QuickReply(id=f"r{number}", title="x") for number in range(count))
    return QuickReplies(id="e", text="Well?", replies=made)


def twins(*ids: str) -> Buttons:
    return Buttons(id="e", text="Well?", buttons=tuple(Button(id=id, title=id) for id in ids))


def carousel(count: int, each: int, id: str = "", **more: str) -> Flow:
    cards = tuple(
        CarouselCard(id=id or f"c{number}", title="x", buttons=buttons(each).buttons, **more)
        for number in range(count)
    )
    return sends(Carousel(id="e", cards=cards))


def typing(seconds: int) -> Flow:
    return sends(TypingPause(id="t", seconds=seconds), TEXT)


def waits(amount: int, unit: str) -> Flow:
    return started(Wait(for_=Duration(amount, unit)))


def comparing(operator: Operator, value: str) -> Flow:
    test = FieldTest(field="size", operator=operator, value=value)
    return started(Condition(tests=(FieldTest(field="size", value="1"), test)))


def starting_with(start: Start) -> Flow:
    return a_flow({"it": start, "say": say()}, "it > say")


def keywords(*words: str) -> Flow:
    return starting_with(Keyword(keywords=words))


def asking(element: Element) -> Flow:
    return started(
        SendMessage(elements=(element,)), topics=["shoes"], recurring={"news": Frequency.WEEKLY}
    )


def once(topic: str) -> Flow:
    return asking(OtnRequest(id="card", topic=topic, title="Well?"))


def often(topic: str, picture: str = "") -> Flow:
    return asking(RecurringRequest(id="card", topic=topic, title="Well?", picture=picture))


CASES = [
    error("topic_recurs", once("news"), once("shoes"), "it", "elements.0.topic"),
    error("topic_is_one_time", often("shoes"), often("news"), "it", "elements.0.topic"),
    error(
        "not_a_web_address",
        often("news", "C:/shoe.jpg"),
        often("news", "https://example.com/shoe.jpg"),
        "it",
        "elements.0.picture",
    ),
    error(
        "one_message_per_permission",
        sends(TEXT, OTHER, by_topic="shoes"),
        sends(TEXT, by_topic="shoes"),
        "it",
        "elements",
    ),
    error(
        "one_message_per_permission",
        sends(TEXT, OTHER, by_topic="shoes"),
        sends(TEXT, OTHER),
        "it",
        "elements",
    ),
    error("request_by_permission", sends(CARD, by_topic="shoes"), sends(CARD), "it", "by_topic"),
    error(
        "request_by_permission",
        sends(CARD, by_topic="shoes"),
        sends(TEXT, by_topic="shoes"),
        "it",
        "by_topic",
    ),
    error("double_id", sends(TEXT, TEXT), sends(TEXT, OTHER), "it", "elements"),
    error("double_id", sends(twins("x", "x")), sends(twins("x", "y")), "it", "elements"),
    warning(
        "quick_replies_not_last",
        sends(REPLIES, TEXT),
        sends(TEXT, REPLIES),
        "it",
        "elements.0.replies",
    ),
    error("too_many_buttons", sends(buttons(4)), sends(buttons(3)), "it", "elements.0.buttons"),
    error(
        "too_many_quick_replies",
        sends(TEXT, replies(14)),
        sends(TEXT, replies(13)),
        "it",
        "elements.1.replies",
    ),
    error(
        "neither_web_nor_file",
        sends(TEXT, Picture(id="p", url="C:/shoe.jpg")),
        sends(TEXT, Picture(id="p", url="https://example.com/shoe.jpg")),
        "it",
        "elements.1.url",
    ),
    error(
        "not_a_web_address",
        sends(buttons(1, url="example.com")),
        sends(buttons(1, url="http://example.com")),
        "it",
        "elements.0.buttons.0.url",
    ),
    error(
        "neither_web_nor_file",
        sends(Picture(id="p", url="../shoe.jpg")),
        sends(Picture(id="p", url="media/shoe.jpg")),
        "it",
        "elements.0.url",
    ),
    error(
        "wrong_kind_of_file",
        sends(Video(id="v", url="media/shoe.jpg")),
        sends(File(id="v", url="media/shoe.jpg")),
        "it",
        "elements.0.url",
    ),
    error(
        "not_a_phone_number",
        sends(buttons(1, phone="030 123456")),
        sends(buttons(1, phone="+49 30 123456")),
        "it",
        "elements.0.buttons.0.phone",
    ),
    error(
        "button_does_two_things",
        sends(buttons(1, phone="+49 30 123456", url="https://example.com")),
        sends(buttons(1, phone="+49 30 123456")),
        "it",
        "elements.0.buttons.0.phone",
    ),
    error(
        "card_with_a_title_only",
        sends(Card(id="c", title="Blue")),
        sends(Card(id="c", title="Blue", subtitle="42")),
        "it",
        "elements.0.subtitle",
    ),
    error("too_many_buttons", carousel(1, 4), carousel(1, 3), "it", "elements.0.cards.0.buttons"),
    error("too_many_cards", carousel(11, 1), carousel(10, 1), "it", "elements.0.cards"),
    error(
        "not_a_web_address",
        carousel(2, 1, picture="media/shoe.jpg"),
        carousel(2, 1, picture="https://example.com/shoe.jpg"),
        "it",
        "elements.0.cards.0.picture",
    ),
    error(
        "double_id",
        carousel(2, 0, "same", subtitle="x"),
        carousel(2, 0, subtitle="x"),
        "it",
        "elements.0.cards",
    ),
    error("typing_out_of_range", typing(21), typing(20), "it", "elements.0.seconds"),
    error("typing_out_of_range", typing(0), typing(1), "it", "elements.0.seconds"),
    warning(
        "typing_last",
        sends(TEXT, TypingPause(id="t")),
        sends(TEXT, TypingPause(id="t"), OTHER),
        "it",
        "elements.1",
    ),
    error("empty_keyword", keywords("a", " \t"), keywords("a", "b"), "it", "keywords.1"),
    error(
        "not_a_post",
        starting_with(Comment(posts=("405060", "Summer sale"))),
        starting_with(Comment(posts=("405060", "https://facebook.com/shop/posts/405060"))),
        "it",
        "posts.1",
    ),
    error("wait_out_of_range", waits(0, "minute"), waits(1, "minute"), "it", "for"),
    error("wait_out_of_range", waits(367, "day"), waits(366, "day"), "it", "for"),
    error("wait_out_of_range", waits(53, "week"), waits(52, "week"), "it", "for"),
    error(
        "no_value", comparing(Operator.IS, ""), comparing(Operator.IS, " "), "it", "tests.1.value"
    ),
    error(
        "no_value",
        comparing(Operator.CONTAINS, ""),
        comparing(Operator.IS_SET, ""),
        "it",
        "tests.1.value",
    ),
    error(
        "no_value",
        comparing(Operator.MORE_THAN, ""),
        comparing(Operator.IS_NOT_SET, ""),
        "it",
        "tests.1.value",
    ),
]


@pytest.mark.parametrize("id", ["next", "too_late"])
def test_an_element_may_be_called_like_a_way_out(id):
    assert found(sends(Text(id=id, text="Hello"))) == []


def test_two_elements_may_have_buttons_with_the_same_ids():
    one, other = (Buttons(id=id, text="x", buttons=twins("x").buttons) for id in "ab")
    assert found(sends(one, other), "double_id") == []


def test_the_sentence_says_how_many_are_too_many():
    [finding] = found(sends(buttons(5)), "too_many_buttons")
    assert str(finding.words) == (f"Messenger shows at most {limits.BUTTONS} buttons; these are 5.")
