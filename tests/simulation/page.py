"""The Page of the simulated worlds: a topic of each kind, and flows that ask, wait and announce."""

from datetime import datetime

from otn_studio.blocks.actions.add_to_sequence import AddToSequence
from otn_studio.blocks.actions.http_request import HttpRequest
from otn_studio.blocks.actions.remove_from_sequence import RemoveFromSequence
from otn_studio.blocks.elements.otn_request import OtnRequest
from otn_studio.blocks.elements.quick_replies import QuickReplies, QuickReply
from otn_studio.blocks.elements.recurring_request import RecurringRequest
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.logic.wait_for_permission import WaitForPermission
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.start.announced import Announced
from otn_studio.blocks.start.joined import Joined
from otn_studio.blocks.start.resumed import Resumed
from otn_studio.blocks.start.stopped import Stopped
from otn_studio.flow import writing
from otn_studio.flow.document import Flow, Topic
from otn_studio.policy.calendar import Frequency
from otn_studio.storage import pages, versions
from otn_studio.storage.database import Database
from otn_studio.storage.permissions import topics
from tests.interpreter.flows import flow, keyword, says

PAGE = "1"
TOPICS = {
    "sneakers": Topic("Sneakers"),
    "tip": Topic("Tip of the day", Frequency.DAILY),
    "news": Topic("Weekly news", Frequency.WEEKLY),
    "sale": Topic("Sale of the month", Frequency.MONTHLY),
}
KEYWORDS = ("hello", "slow", "quiz", "stock", "order", "course", "leave")
"""What is answered beside the topics' ids."""


def topic_flow(id: str, topic: Topic) -> Flow:
    """Asks for a yes; tells whoever gave one, waits, and writes on in the conversation."""
    return flow(
        {
            "start": keyword(id),
            "ask": SendMessage(elements=[_request(id, topic)]),
            "thanks": _thanks(id, topic),
            "announced": Announced(topic=id),
            "tell": says("Here it is", by_topic=id),
            "later": Wait(for_="20 hours"),
            "and": says("Did you like it?"),
        },
        "start.next > ask",
        "ask.card.opted_in > thanks",
        "announced.next > tell",
        "tell.next > later",
        "later.next > and",
        id=id,
        name=topic.name,
    )


_REPLIES = tuple(QuickReply(id=id, title=id.upper()) for id in "ab")
TALK = flow(
    {
        "hello": keyword("hello"),
        "three": says("One", "Two", "Three"),
        "slow": keyword("slow"),
        "first": says("In the window"),
        "nearly": Wait(for_="23 hours"),
        "still": says("Still in the window"),
        "day": Wait(for_="60 minutes"),
        "late": says("Out of the window, unless you wrote"),
        "quiz": keyword("quiz"),
        "question": SendMessage(elements=[QuickReplies(id="q", text="Which?", replies=_REPLIES)]),
        "right": says("Right"),
        "gone": Stopped(topic="news"),
        "bye": says("Bye"),
        "back": Resumed(topic="news"),
        "again": says("Welcome back"),
    },
    "hello.next > three",
    "slow.next > first",
    "first.next > nearly",
    "nearly.next > still",
    "still.next > day",
    "day.next > late",
    "quiz.next > question",
    "question.q.a > right",
    "gone.next > bye",
    "back.next > again",
    id="talk",
    name="Talk",
)


def asking(method: str, id: str) -> Flow:
    """Asks the shop's own program, and says how that went."""
    return flow(
        {
            "start": keyword(id),
            "shop": HttpRequest(method=method, url=f"https://shop.example/{id}"),
            "done": says("Done"),
            "not": says("It did not work"),
            "perhaps": says("Nobody knows"),
        },
        "start.next > shop",
        "shop.success > done",
        "shop.failure > not",
        "shop.no_answer > perhaps",
        id=id,
        name=id.capitalize(),
    )


COURSE = flow(
    {
        "in": keyword("course"),
        "on": AddToSequence(sequence="course"),
        "out": keyword("leave"),
        "off": RemoveFromSequence(sequence="course"),
        "joined": Joined(),
        "turn": WaitForPermission(topic="tip"),
        "one": says("Lesson 1", by_topic="tip"),
        "pause": Wait(for_="30 hours"),
        "next": WaitForPermission(topic="tip"),
        "two": says("Lesson 2", by_topic="tip"),
    },
    "in.next > on",
    "out.next > off",
    "joined.next > turn",
    "turn.next > one",
    "one.next > pause",
    "one.could_not_send > off",
    "pause.next > next",
    "next.next > two",
    id="course",
    name="Course",
)


def publish(database: Database, now: datetime) -> None:
    """Make everything live, whatever the checks say: what they forbid is what is to be tried."""
    flows = [topic_flow(id, topic) for id, topic in TOPICS.items()]
    with database.writing() as connection:
        pages.ensure(connection, PAGE)
        topics.bring_along(connection, PAGE, TOPICS, now)
        for each in [*flows, TALK, COURSE, asking("GET", "stock"), asking("POST", "order")]:
            document = writing.to_text(each)
            versions.publish(connection, PAGE, each.id, each.name, document, now)


def _request(id: str, topic: Topic) -> OtnRequest | RecurringRequest:
    request = RecurringRequest if topic.frequency else OtnRequest
    return request(id="card", topic=id, title=topic.name)


def _thanks(id: str, topic: Topic) -> SendMessage:
    """After a lasting yes, all the messages that may follow it; after the other, one that may not."""
    return says("Thank you", "One", "Two", by_topic=id) if topic.frequency else says("Thank you")
