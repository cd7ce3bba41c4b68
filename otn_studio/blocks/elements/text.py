from typing import Annotated

from otn_studio.blocks.block import Group, Kind, Option
from otn_studio.blocks.element import Element
from otn_studio.blocks.outgoing import TextMessage
from otn_studio.blocks.turn import Turn
from otn_studio.policy import limits


class Text(Element):
    """A message in words, such as a greeting, an answer or news.

    What is known of the person can stand in it, such as their first name: type {{ where it belongs.

    >>> Text(id="hi", text="Hello!").text
    'Hello!'
    """

    kind = Kind("text", title="Text", group=Group.MESSAGE, icon="message-square", ports=())

    text: Annotated[str, Option("Text", limit=limits.TEXT, liquid=True, required=True)] = ""

    def message(self, turn: Turn) -> TextMessage:
        return TextMessage(turn.render(self.text, limits.TEXT))
