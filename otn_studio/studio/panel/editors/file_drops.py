"""Pictures and the like that are dropped onto the elements of a message."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtWidgets import QWidget

from otn_studio.blocks.block import Declared
from otn_studio.blocks.words import Words
from otn_studio.flow.document import new_id
from otn_studio.policy import media
from otn_studio.policy.media import Medium
from otn_studio.studio.panel.bringing import Bringing, dropped, name_of
from otn_studio.studio.panel.editors.reordering import Reordering
from otn_studio.studio.panel.editors.stack_card import StackCard
from otn_studio.studio.panel.names import part_within
from otn_studio.studio.panel.place import Place
from otn_studio.studio.widgets.controls import set_look

Brought = Path | str


class _Elements(Protocol):
    """The stack that things are dropped onto."""

    place: Place
    cards: list[StackCard]

    def send(self, value, *, words: Words) -> None: ...


class FileDrops(QObject):
    """What is dropped onto an element of its kind fills it; between others it makes a new one."""

    def __init__(self, stack: QWidget, kind: type[Declared], gaps: Reordering) -> None:
        super().__init__(stack)
        self._stack: _Elements = stack
        self._gaps = gaps
        self._kinds = {one.medium: one for one in kind.types.values() if hasattr(one, "medium")}
        self._bringing = Bringing(self, stack.place.tools.document)
        self._bringing.complained.connect(stack.remarked)
        stack.setAcceptDrops(bool(self._kinds))
        stack.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DragEnter | QEvent.Type.DragMove:
                return self._drag(event)
            case QEvent.Type.DragLeave:
                self._show_nothing()
            case QEvent.Type.Drop:
                return self._drop(event)
        return False

    def _drag(self, event) -> bool:
        brought = dropped(event.mimeData())
        self._show_nothing()
        card = self._card_at(event.position().toPoint(), brought)
        if brought is None or (card is None and self._medium(brought) is None):
            event.ignore()
            return True
        if card is not None:
            set_look(card, "dropping", True)
        else:
            self._gaps.show_at(self._height(event))
        event.acceptProposedAction()
        return True

    def _drop(self, event) -> bool:
        brought = dropped(event.mimeData())
        card = self._card_at(event.position().toPoint(), brought)
        self._show_nothing()
        if brought is None:
            return False
        event.acceptProposedAction()
        if card is not None:
            self._fill(self._stack.cards.index(card), brought)
        else:
            self._make(self._gaps.gap(self._height(event)), brought)
        return True

    def _fill(self, index: int, brought: Brought) -> None:
        element = self._stack.place.value()[index]

        def put(url: str) -> None:
            elements = [
                one.model_copy(update={"url": url}) if one.id == element.id else one
                for one in self._stack.place.value()
            ]
            words = Words("Choose {what}", what=part_within(type(element)))
            self._stack.send(tuple(elements), words=words)

        self._bring(brought, element.medium, put)

    def _make(self, gap: int, brought: Brought) -> None:
        medium = self._medium(brought)
        if medium is None:
            return
        kind = self._kinds[medium]

        def put(url: str) -> None:
            elements = list(self._stack.place.value())
            elements.insert(gap, kind(id=new_id(kind.kind.name), url=url))
            words = Words("Add {what}", what=Words(kind.kind.title))
            self._stack.send(tuple(elements), words=words)

        self._bring(brought, medium, put)

    def _bring(self, brought: Brought, medium: Medium, put) -> None:
        def put_if_there(url: str) -> None:
            if self._stack.place.is_there:
                put(url)

        if isinstance(brought, Path):
            self._bringing.bring(brought, medium, put_if_there)
        else:
            put_if_there(brought)
            self._bringing.weigh(brought, medium)

    def _medium(self, brought: Brought) -> Medium | None:
        """What it would be as an element; an address must tell by its end."""
        medium = media.medium_of(name_of(brought))
        if medium is None and isinstance(brought, Path):
            medium = Medium.FILE
        return medium if medium in self._kinds else None

    def _card_at(self, place: QPoint, brought: Brought | None) -> StackCard | None:
        """The element under the pointer, if it is of that kind; an address may not tell its own."""
        if brought is None:
            return None
        medium = self._medium(brought)
        for card, part in zip(self._stack.cards, self._stack.place.value(), strict=True):
            own = getattr(part, "medium", None)
            fits = own is not None and medium in (own, None)
            if fits and card.geometry().contains(place):
                return card
        return None

    def _height(self, event) -> int:
        return self._stack.mapToGlobal(event.position().toPoint()).y()

    def _show_nothing(self) -> None:
        self._gaps.hide()
        for card in self._stack.cards:
            set_look(card, "dropping", False)
