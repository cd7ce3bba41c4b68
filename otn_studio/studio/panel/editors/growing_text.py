from typing import Any

from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Change
from otn_studio.studio.panel.editor import Editor
from otn_studio.studio.panel.editors.completing import Completing
from otn_studio.studio.panel.editors.growing_box import GrowingBox
from otn_studio.studio.panel.editors.insert_field import InsertField
from otn_studio.studio.panel.emoji.insert import InsertEmoji
from otn_studio.studio.panel.fields import mention
from otn_studio.studio.panel.place import Place

LONG = 200
"""From this limit on a text has paragraphs."""


class GrowingTextEditor(Editor):
    """A text with people's own values in it: ``{{ contact.first_name }}``."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        is_long = place.option.limit is None or place.option.limit > LONG
        self._box = GrowingBox(place.tools.theme, paragraphs=is_long)
        self.use(self._box)
        self.body.addWidget(self._box)
        self._insert = InsertField(place, self)
        self._emoji = self._made_emoji() if place.is_said else None
        corner = (self._emoji, self._insert.button)
        self._box.put_in_corner(*(button for button in corner if button is not None))
        self.body.addWidget(self._insert)
        self.watch(self._box)
        self._box.textChanged.connect(self._send)
        tools = place.tools
        secrets = tools.secrets if place.option.secrets else None
        self.completing = Completing(self._box, tools.document, tools.theme, secrets)

    def show_value(self, value: Any) -> None:
        self._box.show_text(value)

    def hint(self, text: str) -> bool:
        self._box.setPlaceholderText(text)
        return True

    def insert(self, key: str, *first: Change, words: Words | None = None) -> None:
        """Put a field in where the cursor is, and go on writing."""
        self.insert_text(mention(self.place.tools.document.flow, key), *first, words=words)

    def insert_text(self, text: str, *first: Change, words: Words | None = None) -> None:
        self._box.blockSignals(True)
        self._box.insertPlainText(text)
        self._box.blockSignals(False)
        self._box.fit()
        self.send(self._box.toPlainText(), *first, words=words)
        self._box.setFocus()

    def stops(self):
        yield self._box
        if self._emoji is not None:
            yield self._emoji
        yield from self._insert.stops()

    def _made_emoji(self) -> InsertEmoji:
        tools = self.place.tools
        made = InsertEmoji(tools.theme, tools.emoji, self._put_emoji)
        made.setObjectName(f"{self.place.path} emoji")
        return made

    def _put_emoji(self, emoji: str) -> None:
        self.insert_text(emoji, words=Words("Insert {emoji}", emoji=emoji))

    def _send(self) -> None:
        self.send(self._box.toPlainText())
