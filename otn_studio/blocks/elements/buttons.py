from collections.abc import Iterator
from typing import Annotated

from otn_studio.blocks.block import Group, Kind, Option, Port, Role
from otn_studio.blocks.element import Element, Tappable
from otn_studio.blocks.elements.picture import is_web_address
from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.lookup import Lookup
from otn_studio.blocks.outgoing import ButtonsMessage, Choice, Link
from otn_studio.blocks.turn import Turn
from otn_studio.blocks.words import Words
from otn_studio.policy import limits


class Button(Tappable):
    """A button: it leads on in the flow, or to a web page where it has an address."""

    title: Annotated[
        str, Option("Title", limit=limits.BUTTON_TITLE, liquid=True, required=True)
    ] = ""
    url: Annotated[str, Option("Web page", help="Empty: go on", limit=limits.BUTTON_URL)] = ""


class Buttons(Element):
    """A text with one to three buttons below it.

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
            Port(self.port_id(button.id), Words("{title}", title=button.title), Role.CHOICE)
            for button in self.buttons
            if not button.url
        )

    def message(self, turn: Turn) -> ButtonsMessage:
        text = turn.render(self.text, limits.BUTTON_TEXT)
        return ButtonsMessage(text, tuple(self._sent(button, turn) for button in self.buttons))

    def _sent(self, button: Button, turn: Turn) -> Choice | Link:
        title = turn.render(button.title, limits.BUTTON_TITLE)
        return Link(title, button.url) if button.url else Choice(title, self.port_id(button.id))

    def findings(self, lookup: Lookup, path: str) -> Iterator[Finding]:
        if len(self.buttons) > limits.BUTTONS:
            yield error(
                "too_many_buttons",
                Words(
                    "Messenger shows at most {limit} buttons; these are {count}.",
                    limit=limits.BUTTONS,
                    count=len(self.buttons),
                ),
                f"{path}buttons",
            )
        for index, button in enumerate(self.buttons):
            if button.url and not is_web_address(button.url):
                yield error(
                    "not_a_web_address",
                    Words(
                        "“{url}” is not an address on the web. Start it with https://",
                        url=button.url,
                    ),
                    f"{path}buttons.{index}.url",
                )
