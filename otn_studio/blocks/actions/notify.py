import re
from collections.abc import Iterator
from typing import Annotated, Final

from otn_studio.blocks import asking
from otn_studio.blocks.block import Block, Group, Kind, Option
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.turn import Notify as NotifyEffect
from otn_studio.blocks.turn import Step, Turn
from otn_studio.blocks.words import Words

LONGEST_SUBJECT: Final = 200
LONGEST_TEXT: Final = 5_000
_MAIL = re.compile(r"[^\s@{}<>,;\"]+@[^\s@{}<>,;\"]+\.[^\s@{}<>,;\"]+")


class Notify(Block):
    """Tells a colleague, by e-mail or by a call of another program, such as a chat of your team.

    The address is that of a mailbox, or of a webhook: that gets a POST with JSON, which holds
    subject, text and contact. A webhook’s address is often a secret itself: {{ secret.team_chat }}.
    It is tried several times; if nobody could be told, that stands in the person’s timeline. The
    conversation goes on at once.

    >>> str(Notify(to="help@shop.example").summary())
    'Notify help@shop.example'
    """

    kind = Kind("notify", title="Notify a colleague", group=Group.ACTION, icon="mail")

    to: Annotated[
        str,
        Option(
            "To",
            help="An e-mail address, or a webhook that starts with https://",
            limit=asking.LONGEST_URL,
            liquid=True,
            secrets=True,
            required=True,
        ),
    ] = ""
    subject: Annotated[str, Option("Subject", limit=LONGEST_SUBJECT, liquid=True)] = ""
    text: Annotated[str, Option("Text", limit=LONGEST_TEXT, liquid=True, required=True)] = ""

    def step(self, turn: Turn) -> Step:
        to = turn.render(self.to, asking.LONGEST_URL, secrets=True).strip()
        subject = " ".join(turn.render(self.subject, LONGEST_SUBJECT).split())
        return turn.go("next", NotifyEffect(to, subject, turn.render(self.text, LONGEST_TEXT)))

    def summary(self) -> Words:
        if is_mailbox(self.to):
            return Words("Notify {to}", to=self.to.strip())
        return Words("Notify a colleague")

    def findings(self, lookup: Lookup) -> Iterator[Finding]:
        if self.to.strip() and not is_mailbox(self.to) and not asking.is_one_address(self.to):
            sentence = Words(
                "Write the e-mail address of a colleague, or a webhook that starts with https://."
            )
            yield error("nobody_to_notify", sentence, "to")


def is_mailbox(to: str) -> bool:
    """Whether it is an e-mail address.

    >>> is_mailbox("help@shop.example"), is_mailbox("https://shop.example/hook")
    (True, False)
    """
    return _MAIL.fullmatch(to.strip()) is not None
