from collections.abc import Iterator
from typing import Annotated

from otn_studio.blocks.addresses import is_web_address, not_on_the_web
from otn_studio.blocks.block import Group, Kind, Option, Part, Port
from otn_studio.blocks.element import Element
from otn_studio.blocks.elements.buttons import Button, too_many_buttons
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.outgoing import CardsMessage, ShownCard
from otn_studio.blocks.turn import Turn
from otn_studio.blocks.words import Words
from otn_studio.policy import limits


class CardContent(Part):
    """What a card shows, alone or as one of several."""

    title: Annotated[str, Option("Title", limit=limits.CARD_TITLE, liquid=True, required=True)] = ""
    subtitle: Annotated[str, Option("Words below", limit=limits.CARD_SUBTITLE, liquid=True)] = ""
    picture: Annotated[
        str, Option("Picture", help="https://…, may be left out", limit=limits.BUTTON_URL)
    ] = ""
    buttons: Annotated[tuple[Button, ...], Option("Buttons")] = ()

    def ports_from(self, stem: str) -> Iterator[Port]:
        for button in self.buttons:
            if not button.leaves:
                yield button.port(f"{stem}.{button.id}")

    def shown(self, turn: Turn, stem: str) -> ShownCard:
        """As this person gets it. ``stem`` is what the ids of its ports begin with."""
        return ShownCard(
            turn.render(self.title, limits.CARD_TITLE),
            turn.render(self.subtitle, limits.CARD_SUBTITLE),
            self.picture,
            tuple(button.sent(turn, f"{stem}.{button.id}") for button in self.buttons),
        )

    def problems(self, path: str) -> Iterator[Finding]:
        if self.picture and not is_web_address(self.picture):
            yield not_on_the_web(self.picture, f"{path}picture")
        if not (self.subtitle.strip() or self.picture or self.buttons):
            yield error(
                "card_with_a_title_only",
                Words(
                    "Messenger shows no card that has a title only. Add a picture, words below, or"
                    " a button."
                ),
                f"{path}subtitle",
            )
        yield from too_many_buttons(self.buttons, path)


class Card(CardContent, Element):
    """A picture with a title, a few words and up to three buttons below it.

    >>> card = Card(id="shoe", title="Blue", buttons=[Button(id="buy", title="Buy")])
    >>> [port.id for port in card.ports()]
    ['shoe.buy']
    """

    kind = Kind("card", title="Card", group=Group.MESSAGE, icon="id-card", ports=())

    def ports(self) -> tuple[Port, ...]:
        return tuple(self.ports_from(self.id))

    def message(self, turn: Turn) -> CardsMessage:
        return CardsMessage((self.shown(turn, self.id),))

    def findings(self, lookup: Lookup, path: str) -> Iterator[Finding]:
        yield from self.problems(path)
