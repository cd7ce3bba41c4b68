"""The selected Send Message as a person will see it, while it is being written."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from otn_studio.blocks.addresses import is_file
from otn_studio.blocks.languages import language_name
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.flow.document import Flow
from otn_studio.studio.document.document import Document
from otn_studio.studio.document.selection import Selection
from otn_studio.studio.languages.chooser import LanguageChooser
from otn_studio.studio.phone.bubbles import Bubble, Line, Picture
from otn_studio.studio.phone.phone import Phone
from otn_studio.studio.phone.shown_for import ShownFor
from otn_studio.studio.services.people import Contacts
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.words import _


class Preview(QWidget):
    """Follows the document and the selection; draws anew only where what it shows can differ.

    ``wanted``: whether there is anything to see, which a block that sends nothing leaves to its form.
    """

    wanted = Signal(bool)

    def __init__(
        self,
        document: Document,
        selection: Selection,
        theme: Theme,
        page_name: str,
        contacts: Contacts,
    ) -> None:
        super().__init__()
        self._document = document
        self._selection = selection
        self._seen: tuple[object, ...] = ()
        self._languages = LanguageChooser(theme, "preview.language", _("Language"))
        self._shown_for = ShownFor(theme, contacts, self._languages)
        self._languages.chosen.connect(self.show_language)
        self._language = ""
        self._phone = Phone(theme, page_name, live=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._shown_for)
        column.addWidget(self._phone, 1)
        column.addStretch()
        document.changed.connect(self._follow)
        selection.changed.connect(self._follow)
        self._shown_for.changed.connect(self._show)
        self._follow()

    @property
    def phone(self) -> Phone:
        return self._phone

    def show_language(self, language: str) -> None:
        """Speak one of the flow's further languages; empty: its own."""
        self._language = language
        self._show()

    def _follow(self) -> None:
        """Moving blocks about changes nothing here, and happens often."""
        flow, selection = self._document.flow, self._selection
        content = (flow.blocks, flow.connections, flow.topics, flow.fields, flow.translations)
        seen = (*content, selection.blocks, selection.field)
        if len(seen) == len(self._seen) and all(
            a is b for a, b in zip(seen, self._seen, strict=True)
        ):
            return
        self._seen = seen
        self._show()

    def _show(self) -> None:
        flow, only = self._spoken(), self._selection.only
        message = flow.blocks.get(only or "")
        self.wanted.emit(message is None or isinstance(message, SendMessage))
        is_shown = isinstance(message, SendMessage) and bool(message.elements)
        if not is_shown:
            self._shown_for.offer(flow, ())
            self._phone.show_bubbles((), self._calm(flow))
            return
        from otn_studio.studio.phone.preview_bubbles import mentioned, of_block

        self._shown_for.offer(flow, mentioned(message))
        fields = self._shown_for.fields(flow)
        shown_bubbles = of_block(flow, only, fields, _element(self._selection.field))
        folder = self._document.folder
        bubbles = tuple(_with_file(bubble, folder) for bubble in shown_bubbles)
        self._phone.show_bubbles(bubbles, first=_message_begins(bubbles))

    def _spoken(self) -> Flow:
        """The flow in the language that is chosen, if there is one to choose."""
        flow = self._document.flow
        own = language_name(flow.language) if flow.language else _("Original")
        if self._language not in flow.translations:
            self._language = ""
        self._languages.offer(flow.translations, self._language, own)
        self._shown_for.show_languages(bool(flow.translations))
        return flow.in_language(self._language) if self._language else flow

    def _calm(self, flow: Flow) -> str:
        """The line in place of a message."""
        if len(self._selection.blocks) > 1:
            return _("Select one block alone to see it here.")
        if self._selection.only not in flow.blocks:
            return _("Select a Send Message block to see it as the person will.")
        return _("This block has no message yet. Add one, and it shows here.")


def _with_file(bubble: Bubble, folder: Path | None) -> Bubble:
    """A picture that lies beside the flow can be seen."""
    if folder is None or not isinstance(bubble, Picture) or not is_file(bubble.url):
        return bubble
    return replace(bubble, file=str(folder / bubble.url))


def _element(field: str) -> int | None:
    """Which element a field belongs to: ``elements.1.title`` is of the second."""
    head, _dot, rest = field.partition(".")
    number = rest.partition(".")[0]
    return int(number) if head == "elements" and number.isdecimal() else None


def _message_begins(bubbles: Sequence[Bubble]) -> int:
    """The first bubble of the Page: on a small phone it matters more than what led to it."""
    return next(
        place
        for place, bubble in enumerate(bubbles)
        if not isinstance(bubble, Line) and not getattr(bubble, "by_person", False)
    )
