from datetime import datetime
from typing import Annotated, ClassVar

from otn_studio.blocks.block import Group, Kind, Option, Start
from otn_studio.blocks.event import Event, OpenedLink, PressedGetStarted
from otn_studio.blocks.words import Words
from otn_studio.policy import limits


class MeLink(Start):
    """Starts when a person comes through an m.me link of yours.

    The link is `m.me/YOUR-PAGE?ref=REF`, where REF is what you write here. It works for people who
    know your Page already, and for new ones once they press *Get Started*.

    >>> str(MeLink(ref="window-poster").summary())
    'Someone opens the link “window-poster”'
    """

    kind = Kind("me_link", title="m.me link", group=Group.START, icon="link")
    precedence: ClassVar[int] = 30

    ref: Annotated[
        str,
        Option("Ref", help="The end of the link, after ref=", limit=limits.LINK_REF, required=True),
    ] = ""

    def answers(self, event: Event) -> bool:
        return isinstance(event, OpenedLink | PressedGetStarted) and event.ref == self.ref != ""

    def example(self, at: datetime) -> Event:
        return OpenedLink(at, self.ref)

    def claims(self) -> frozenset[str]:
        return frozenset({self.ref}) - {""}

    def summary(self) -> Words:
        return Words("Someone opens the link “{ref}”", ref=self.ref)
