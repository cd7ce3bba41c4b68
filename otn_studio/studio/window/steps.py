"""Undo and Redo: of the open flow, or of what was done on the page that is shown instead."""

from otn_studio.blocks.words import Words
from otn_studio.studio.document.document import Document
from otn_studio.studio.later import Later
from otn_studio.studio.window import actions
from otn_studio.studio.window.actions import Actions, Declaration
from otn_studio.studio.words import shown


class Steps:
    """Knows what the next step back and forth is, and says so on the actions."""

    def __init__(self, made: Actions, topics: Later) -> None:
        self._actions = made
        self._topics = topics
        self._document: Document | None = None

    def show(self, document: Document | None) -> None:
        """A flow is open now, or none."""
        self._document = document
        self.tell()

    def undo(self) -> None:
        if self._is_at_topics():
            self._topics.made.undo()
        elif self._document is not None:
            self._document.undo()

    def redo(self) -> None:
        if self._document is not None:
            self._document.redo()

    def tell(self) -> None:
        undo, redo = self._words()
        self._name(actions.UNDO, undo and Words("Undo: {what}", what=undo))
        self._name(actions.REDO, redo and Words("Redo: {what}", what=redo))

    def _words(self) -> tuple[Words | None, Words | None]:
        if self._is_at_topics():
            return self._topics.made.undo_words(), None
        if self._document is None:
            return None, None
        return self._document.undo_words(), self._document.redo_words()

    def _is_at_topics(self) -> bool:
        return not self._topics.isHidden()

    def _name(self, declaration: Declaration, words: Words | None) -> None:
        action = self._actions[declaration]
        action.setEnabled(words is not None)
        action.setToolTip(shown(words or declaration.words))
