from datetime import datetime
from typing import Annotated, ClassVar

from pydantic import Field

from otn_studio.blocks.block import Group, Kind, Option, Start
from otn_studio.blocks.event import ChoseEntry, Event
from otn_studio.blocks.words import Words
from otn_studio.policy import limits


class MenuEntry(Start):
    """Starts when a person taps this entry of the menu beside the box they write in.

    The menu is one for the whole Page: it has the entries of all published flows, the lowest number
    first, and is put up when you publish.

    >>> str(MenuEntry(title="Ours", text="Talk to us").summary())
    'Someone taps “Talk to us” in the menu'
    """

    kind = Kind("menu_entry", title="Persistent menu", group=Group.START, icon="menu")
    precedence: ClassVar[int] = 44

    text: Annotated[str, Option("Entry", limit=limits.MENU_TITLE, required=True, said=True)] = ""
    place: Annotated[
        int, Option("Place in the menu", help="The lowest number comes first."), Field(ge=0, le=100)
    ] = 1

    def answers(self, event: Event) -> bool:
        return isinstance(event, ChoseEntry)

    def example(self, at: datetime) -> Event:
        return ChoseEntry(at, flow="", block="")

    def summary(self) -> Words:
        return Words("Someone taps “{text}” in the menu", text=self.text)
