from collections.abc import Iterator
from typing import Annotated

from otn_studio.blocks import liquid
from otn_studio.blocks.block import Group, Kind, Option, Port, Role
from otn_studio.blocks.effect import Asks
from otn_studio.blocks.element import Element
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.outgoing import OptInCard
from otn_studio.blocks.turn import Turn, cut
from otn_studio.blocks.words import Words
from otn_studio.policy import limits


class OtnRequest(Element):
    """Asks the person for permission to write once, later, about a topic.

    They see your opt-in message with a *Notify Me* button. Their tap is one permission: one message
    on this topic, at any time within a year.

    >>> [port.id for port in OtnRequest(id="ask", topic="t1", title="Tell me").ports()]
    ['ask.opted_in']
    """

    kind = Kind(
        "otn_request",
        title="OTN Request",
        group=Group.PERMISSION,
        icon="bell",
        ports=(),
        menu=("One Time Notification",),
        channels=frozenset({"messenger"}),
    )

    topic: Annotated[str, Option("Topic", required=True, refers_to="topic")] = ""
    title: Annotated[
        str,
        Option("Opt-in message", limit=limits.OPT_IN_TITLE, liquid=True, required=True),
    ] = ""

    def ports(self) -> tuple[Port, ...]:
        return (Port(self.port_id("opted_in"), Words("Notify Me tapped"), Role.CHOICE),)

    def message(self, turn: Turn) -> OptInCard:
        title = turn.render(self.title, limits.OPT_IN_TITLE)
        return OptInCard(title, self.topic, self.port_id("opted_in"))

    def asks(self) -> Asks:
        title = "" if liquid.has_parts(self.title) else cut(self.title, limits.OPT_IN_TITLE)
        return Asks(self.topic, self.port_id("opted_in"), title, recurring=False)

    def findings(self, lookup: Lookup, path: str) -> Iterator[Finding]:
        if self.topic in lookup.recurring:
            yield error(
                "topic_recurs",
                Words(
                    "“{topic}” is a topic for many messages. Choose a one-time topic, or ask with a"
                    " Recurring Request.",
                    topic=lookup.topics[self.topic],
                ),
                path + "topic",
            )
