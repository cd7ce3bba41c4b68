from collections.abc import Iterator
from typing import Annotated

from otn_studio.blocks.block import Group, Kind, Option, Port, Role
from otn_studio.blocks.element import Element, Tappable
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.outgoing import Choice, TextMessage
from otn_studio.blocks.turn import Turn
from otn_studio.blocks.words import Words
from otn_studio.policy import limits


class QuickReply(Tappable):
    """One answer to tap."""

    title: Annotated[
        str, Option("Title", limit=limits.QUICK_REPLY_TITLE, liquid=True, required=True)
    ] = ""


class QuickReplies(Element):
    """A text with answers to tap below it, which go away once the conversation goes on.

    >>> element = QuickReplies(id="ask", text="Size?", replies=[QuickReply(id="s42", title="42")])
    >>> [port.id for port in element.ports()]
    ['ask.s42']
    """

    kind = Kind(
        "quick_replies",
        title="Quick replies",
        group=Group.MESSAGE,
        icon="message-square-reply",
        ports=(),
    )

    text: Annotated[str, Option("Text", limit=limits.TEXT, liquid=True, required=True)] = ""
    replies: Annotated[tuple[QuickReply, ...], Option("Answers", required=True)] = ()

    def ports(self) -> tuple[Port, ...]:
        return tuple(
            Port(self.port_id(reply.id), Words("{title}", title=reply.title), Role.CHOICE)
            for reply in self.replies
        )

    def answers(self) -> tuple[str, ...]:
        return tuple(port.id for port in self.ports())

    def message(self, turn: Turn) -> TextMessage:
        answers = tuple(
            Choice(turn.render(reply.title, limits.QUICK_REPLY_TITLE), self.port_id(reply.id))
            for reply in self.replies
        )
        return TextMessage(turn.render(self.text, limits.TEXT), answers)

    def findings(self, lookup: Lookup, path: str) -> Iterator[Finding]:
        if len(self.replies) > limits.QUICK_REPLIES:
            yield error(
                "too_many_quick_replies",
                Words(
                    "Messenger shows at most {limit} quick replies; these are {count}.",
                    limit=limits.QUICK_REPLIES,
                    count=len(self.replies),
                ),
                f"{path}replies",
            )
