from collections import Counter
from collections.abc import Iterator
from typing import Annotated

from otn_studio.blocks.block import Group, Kind, Option, Port
from otn_studio.blocks.element import Element, PartId
from otn_studio.blocks.elements.card import CardContent
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.outgoing import CardsMessage
from otn_studio.blocks.turn import Turn
from otn_studio.blocks.words import Words
from otn_studio.policy import limits


class CarouselCard(CardContent):
    """One card of several, by an id that is unique among them."""

    id: PartId


class Carousel(Element):
    """Up to ten cards side by side, for the person to look through.

    >>> from otn_studio.blocks.elements.buttons import Button
    >>> shoe = CarouselCard(id="blue", title="Blue", buttons=[Button(id="buy", title="Buy")])
    >>> [port.id for port in Carousel(id="shoes", cards=[shoe]).ports()]
    ['shoes.blue.buy']
    """

    kind = Kind(
        "carousel", title="Carousel", group=Group.MESSAGE, icon="gallery-horizontal", ports=()
    )

    cards: Annotated[tuple[CarouselCard, ...], Option("Cards", required=True)] = ()

    def ports(self) -> tuple[Port, ...]:
        return tuple(port for card in self.cards for port in card.ports_from(self.port_id(card.id)))

    def message(self, turn: Turn) -> CardsMessage:
        return CardsMessage(tuple(card.shown(turn, self.port_id(card.id)) for card in self.cards))

    def summary(self) -> Words:
        return Words("{n} card", plural="{n} cards", n=len(self.cards))

    def findings(self, lookup: Lookup, path: str) -> Iterator[Finding]:
        if len(self.cards) > limits.CARDS:
            yield error(
                "too_many_cards",
                Words(
                    "Messenger shows at most {limit} cards; these are {count}.",
                    limit=limits.CARDS,
                    count=len(self.cards),
                ),
                f"{path}cards",
            )
        if any(count > 1 for count in Counter(card.id for card in self.cards).values()):
            yield error(
                "double_id",
                Words("Two parts of this block share an id. Remove one and add it anew."),
                f"{path}cards",
            )
        for index, card in enumerate(self.cards):
            yield from card.problems(f"{path}cards.{index}.")
