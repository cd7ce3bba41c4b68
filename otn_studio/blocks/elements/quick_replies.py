from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Discriminator, Tag

from otn_studio.blocks.block import Group, Kind, Option, Port, Role
from otn_studio.blocks.element import Element, Tappable
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.outgoing import Choice, Detail, OwnDetail, TextMessage
from otn_studio.blocks.turn import Turn
from otn_studio.blocks.words import Words
from otn_studio.policy import limits


class QuickReply(Tappable):
    """One answer to tap."""

    title: Annotated[
        str, Option("Title", limit=limits.QUICK_REPLY_TITLE, liquid=True, required=True)
    ] = ""

    def port(self, id: str) -> Port:
        return Port(id, Words("{title}", title=self.title), Role.CHOICE)

    def sent(self, turn: Turn, port: str) -> Choice:
        return Choice(turn.render(self.title, limits.QUICK_REPLY_TITLE), port)


class PhoneOrEmail(Tappable):
    """The person's own number or address to tap; to the flow it is as if they had written it."""

    called = "Own number or address"

    detail: Annotated[Detail, Option("Offers", called={"email_address": "E-mail address"})] = (
        Detail.PHONE
    )
    field: Annotated[str, Option("Keep the answer in", refers_to="field")] = ""

    @property
    def leaves(self) -> str:
        return "phone" if self.detail is Detail.PHONE else "mail"

    def sent(self, turn: Turn, port: str) -> OwnDetail:
        return OwnDetail(self.detail, self.field)


def _is_written_as(reply: Any) -> str:
    """What tells the two apart in a file."""
    written = reply if isinstance(reply, dict) else vars(reply)
    return "detail" if "detail" in written else "answer"


Reply = Annotated[
    Annotated[QuickReply, Tag("answer")] | Annotated[PhoneOrEmail, Tag("detail")],
    Discriminator(_is_written_as),
]


class QuickReplies(Element):
    """A text with answers to tap below it, which go away once the conversation goes on.

    The person’s own telephone number or e-mail address can be among them, and a field can keep it.
    What they tap then counts as what they wrote: let a question follow, or a keyword. So does an
    answer that you connect with nothing.

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
    replies: Annotated[tuple[Reply, ...], Option("Answers", required=True)] = ()

    def ports(self) -> tuple[Port, ...]:
        return tuple(
            reply.port(self.port_id(reply.id))
            for reply in self.replies
            if isinstance(reply, QuickReply)
        )

    def answers(self) -> tuple[str, ...]:
        return tuple(port.id for port in self.ports())

    def words_behind(self, port: str) -> str | None:
        """What a tap on one of the answers says."""
        replies = (reply for reply in self.replies if isinstance(reply, QuickReply))
        return next((reply.title for reply in replies if self.port_id(reply.id) == port), None)

    def keeps(self) -> frozenset[str]:
        own = (reply for reply in self.replies if isinstance(reply, PhoneOrEmail))
        return frozenset(reply.field for reply in own if reply.field)

    def message(self, turn: Turn) -> TextMessage:
        replies = [reply.sent(turn, self.port_id(reply.id)) for reply in self.replies]
        return TextMessage(turn.render(self.text, limits.TEXT), tuple(replies))

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
