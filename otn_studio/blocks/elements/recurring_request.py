from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from otn_studio.blocks import liquid
from otn_studio.blocks.addresses import is_web_address, not_on_the_web
from otn_studio.blocks.block import Group, Kind, Option, Port, Role
from otn_studio.blocks.effect import Asks
from otn_studio.blocks.element import Element
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.outgoing import RecurringCard
from otn_studio.blocks.turn import Turn, cut
from otn_studio.blocks.words import Words
from otn_studio.policy import limits


class Wording(StrEnum):
    """What the button says; Messenger offers these and no other."""

    ALLOW = "allow"
    GET = "get"
    GET_UPDATES = "get_updates"
    OPT_IN = "opt_in"
    SIGN_UP = "sign_up"


class RecurringRequest(Element):
    """Asks the person for permission to write again and again about a topic.

    They see your opt-in message with a picture, if you choose one, and a button. Their tap lets you
    send one message each day, week or month, as the topic says, until it ends or they stop it.

    >>> [port.id for port in RecurringRequest(id="ask", topic="t1", title="News").ports()]
    ['ask.opted_in']
    """

    kind = Kind(
        "recurring_request",
        title="Recurring Request",
        group=Group.PERMISSION,
        icon="bell-ring",
        ports=(),
        menu=("Recurring Notification",),
        channels=frozenset({"messenger"}),
    )

    topic: Annotated[str, Option("Topic", required=True, refers_to="topic")] = ""
    title: Annotated[
        str,
        Option("Opt-in message", limit=limits.OPT_IN_TITLE, liquid=True, required=True),
    ] = ""
    picture: Annotated[
        str,
        Option("Picture", help="https://…, may be left out", limit=limits.BUTTON_URL),
    ] = ""
    square: Annotated[bool, Option("Square picture"), Field(strict=True)] = False
    button: Annotated[Wording, Option("Button")] = Wording.GET_UPDATES

    def ports(self) -> tuple[Port, ...]:
        return (Port(self.port_id("opted_in"), Words("Opted in"), Role.CHOICE),)

    def message(self, turn: Turn) -> RecurringCard:
        title = turn.render(self.title, limits.OPT_IN_TITLE)
        port = self.port_id("opted_in")
        return RecurringCard(title, self.topic, port, self.picture, self.square, self.button)

    def asks(self) -> Asks:
        title = "" if liquid.has_parts(self.title) else cut(self.title, limits.OPT_IN_TITLE)
        return Asks(self.topic, self.port_id("opted_in"), title, recurring=True)

    def findings(self, lookup: Lookup, path: str) -> Iterator[Finding]:
        if self.topic in lookup.topics and self.topic not in lookup.recurring:
            yield error(
                "topic_is_one_time",
                Words(
                    "“{topic}” is a one-time topic. Choose a daily, weekly or monthly one, or ask"
                    " with an OTN Request.",
                    topic=lookup.topics[self.topic],
                ),
                path + "topic",
            )
        if self.picture and not is_web_address(self.picture):
            yield not_on_the_web(self.picture, path + "picture")
