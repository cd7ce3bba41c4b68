"""Random blocks that listen, ask other programs, wait for their turn, or put people elsewhere."""

from datetime import time
from random import Random

from otn_studio.blocks.actions.add_to_sequence import AddToSequence
from otn_studio.blocks.actions.http_request import HttpRequest, KeptValue
from otn_studio.blocks.actions.note import Note
from otn_studio.blocks.actions.remove_from_sequence import RemoveFromSequence
from otn_studio.blocks.actions.set_page_value import SetPageValue
from otn_studio.blocks.actions.stop_topic import StopTopic
from otn_studio.blocks.actions.tag import Tag
from otn_studio.blocks.actions.untag import Untag
from otn_studio.blocks.block import Block
from otn_studio.blocks.duration import Duration
from otn_studio.blocks.elements.buttons import Button
from otn_studio.blocks.elements.card import Card
from otn_studio.blocks.elements.carousel import Carousel, CarouselCard
from otn_studio.blocks.elements.question import AnswerChoice, Question
from otn_studio.blocks.elements.typing_pause import TypingPause
from otn_studio.blocks.logic.condition import Condition
from otn_studio.blocks.logic.end_flow import EndFlow
from otn_studio.blocks.logic.go_to_block import GoToBlock
from otn_studio.blocks.logic.random_split import RandomSplit, Way
from otn_studio.blocks.logic.wait_for_answer import WaitForAnswer
from otn_studio.blocks.logic.wait_for_permission import WaitForPermission
from otn_studio.blocks.logic.wait_until_date import WaitUntilDate
from otn_studio.blocks.logic.wait_until_time import WaitUntilTime
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.testing import LastAnswerTest, TimeTest, TopicTest, WindowTest

TIMES = ("30 minutes", "5 hours", "23 hours", "24 hours", "25 hours", "8 days")
FIELDS = ("", "size", "mood")


def block(random: Random, topics: list[str], sequence: str) -> Block:
    """Any of them."""
    draw = random.choice(
        (
            *(_question, _question, _wait_for_answer, _wait_until, _condition, _condition),
            *(_action, _split, _request),
            *(lambda random: _turn(random, topics), lambda random: _elsewhere(random, sequence)),
            lambda random: StopTopic(topic=random.choice(topics)),
            lambda random: EndFlow(result=random.choice(("", "Bought", "Left"))),
            lambda random: GoToBlock(),
        )
    )
    drawn = draw(random)
    if isinstance(drawn, Condition) and random.random() < 0.4:
        return Condition(tests=[_topic_test(random, topics)])
    return drawn


def _question(random: Random) -> SendMessage:
    kind = random.choice(("text", "number", "choice", "email", "yes_no"))
    choices = [AnswerChoice(id="one", title="1"), AnswerChoice(id="two", title="2")]
    question = Question(
        id="q",
        text="Well?",
        answer=kind,
        choices=choices if kind == "choice" else (),
        field=random.choice(FIELDS),
        tries=random.choice((1, 2, 3)),
        time=Duration.read(random.choice(TIMES)),
    )
    pause = TypingPause(id="p", seconds=2)
    return SendMessage(elements=[pause, question] if random.random() < 0.2 else [question])


def _wait_for_answer(random: Random) -> WaitForAnswer:
    time = Duration.read(random.choice(TIMES))
    return WaitForAnswer(time=time, field=random.choice(FIELDS))


def _wait_until(random: Random) -> Block:
    if random.random() < 0.5:
        days = random.sample(("monday", "sunday"), random.choice((0, 1, 2)))
        return WaitUntilTime(at=time(random.randrange(24)), weekdays=days)
    return WaitUntilDate(until=random.choice(("2027-03-05", "2027-04-01 12:00", "2028-01-01")))


def _condition(random: Random) -> Condition:
    test = random.choice(
        (
            WindowTest(open=random.random() < 0.5),
            TimeTest(begins=time(9), ends=time(17)),
            LastAnswerTest(longer_ago=Duration.read(random.choice(TIMES))),
        )
    )
    return Condition(tests=[test])


def _topic_test(random: Random, topics: list[str]) -> TopicTest:
    return TopicTest(
        topic=random.choice(topics), state=random.choice(("usable_now", "held", "not_held"))
    )


def _action(random: Random) -> Block:
    return random.choice(
        (
            *(Tag(tag="vip"), Untag(tag="vip"), Note(text="Mind")),
            SetPageValue(field="price", value="3"),
            SendMessage(elements=[Card(id="c", title="Shoe", subtitle="Blue")]),
            SendMessage(elements=[TypingPause(id="t"), _carousel()]),
        )
    )


def _carousel() -> Carousel:
    """Two cards whose buttons say the same, and lead on by different ways."""
    buy = Button(id="buy", title="Buy")
    cards = [CarouselCard(id=id, title=id, buttons=[buy]) for id in ("blue", "red")]
    return Carousel(id="s", cards=cards)


def _split(random: Random) -> RandomSplit:
    return RandomSplit(ways=[Way(id="a", weight=random.choice((1, 50))), Way(id="b", weight=50)])


def _request(random: Random) -> HttpRequest:
    kept = [KeptValue(path="$.size", field="size")] if random.random() < 0.3 else []
    return HttpRequest(url="https://shop.example/orders", answer=kept)


def _turn(random: Random, topics: list[str]) -> WaitForPermission:
    return WaitForPermission(topic=random.choice(topics))


def _elsewhere(random: Random, sequence: str) -> Block:
    kind = AddToSequence if random.random() < 0.8 else RemoveFromSequence
    return kind(sequence=sequence)
