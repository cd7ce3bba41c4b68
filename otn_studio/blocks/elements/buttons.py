from collections.abc import Iterator
from typing import Annotated

from otn_studio.blocks.addresses import (
    dialled,
    is_dialled_anywhere,
    is_web_address,
    not_on_the_web,
)
from otn_studio.blocks.block import Group, Kind, Option, Port, Role
from otn_studio.blocks.element import Element, Tappable
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.outgoing import ButtonsMessage, Choice, Link, PhoneCall
from otn_studio.blocks.turn import Turn
from otn_studio.blocks.words import Words
from otn_studio.policy import limits


class Button(Tappable):
    """A button: it opens a web page or dials a number where it has one, and else leads on."""

    title: Annotated[
        str, Option("Title", limit=limits.BUTTON_TITLE, liquid=True, required=True)
    ] = ""
    url: Annotated[str, Option("Web page", help="Empty: go on", limit=limits.BUTTON_URL)] = ""
    phone: Annotated[str, Option("Number to call", help="Such as +1 510 555 1234")] = ""

    @property
    def leaves(self) -> str:
        return "link" if self.url else "phone" if self.phone else ""

    def port(self, id: str) -> Port:
        return Port(id, Words("{title}", title=self.title), Role.CHOICE)

    def sent(self, turn: Turn, port: str) -> Choice | Link | PhoneCall:
        """As this person gets it; ``port`` is where it leads on."""
        title = turn.render(self.title, limits.BUTTON_TITLE)
        if self.url:
            return Link(title, self.url)
        return PhoneCall(title, dialled(self.phone)) if self.phone else Choice(title, port)

    def findings(self, path: str) -> Iterator[Finding]:
        if self.url and not is_web_address(self.url):
            yield not_on_the_web(self.url, f"{path}url")
        if self.phone and not is_dialled_anywhere(self.phone):
            yield error(
                "not_a_phone_number",
                Words(
                    "“{number}” can’t be dialed from everywhere. Begin with + and the country’s"
                    " number, such as +1 510 555 1234.",
                    number=self.phone,
                ),
                f"{path}phone",
            )
        if self.url and self.phone:
            yield error(
                "button_does_two_things",
                Words("A button opens a page or dials a number. Empty one of the two."),
                f"{path}phone",
            )


def too_many_buttons(buttons: tuple[Button, ...], path: str) -> Iterator[Finding]:
    """More than Messenger shows in one message, or on one card."""
    if len(buttons) > limits.BUTTONS:
        yield error(
            "too_many_buttons",
            Words(
                "Messenger shows at most {limit} buttons; these are {count}.",
                limit=limits.BUTTONS,
                count=len(buttons),
            ),
            f"{path}buttons",
        )
    for index, button in enumerate(buttons):
        yield from button.findings(f"{path}buttons.{index}.")


class Buttons(Element):
    """A text with one to three buttons below it: to go on, to open a web page, to call you.

    Buttons stay alive: a tap goes on from here days later, too.

    >>> element = Buttons(id="ask", text="Size?", buttons=[Button(id="s42", title="42")])
    >>> [port.id for port in element.ports()]
    ['ask.s42']
    """

    kind = Kind(
        "buttons", title="Buttons", group=Group.MESSAGE, icon="square-mouse-pointer", ports=()
    )

    text: Annotated[str, Option("Text", limit=limits.BUTTON_TEXT, liquid=True, required=True)] = ""
    buttons: Annotated[tuple[Button, ...], Option("Buttons", required=True)] = ()

    def ports(self) -> tuple[Port, ...]:
        return tuple(
            button.port(self.port_id(button.id)) for button in self.buttons if not button.leaves
        )

    def message(self, turn: Turn) -> ButtonsMessage:
        text = turn.render(self.text, limits.BUTTON_TEXT)
        buttons = (button.sent(turn, self.port_id(button.id)) for button in self.buttons)
        return ButtonsMessage(text, tuple(buttons))

    def findings(self, lookup: Lookup, path: str) -> Iterator[Finding]:
        yield from too_many_buttons(self.buttons, path)
