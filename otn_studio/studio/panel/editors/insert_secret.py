"""The part of the insert menu that puts a secret's name into a text, or makes a new secret."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from otn_studio.studio.panel.place import Tools
from otn_studio.studio.secrets.dialog import SecretsDialog
from otn_studio.studio.secrets.new_secret import NewSecret
from otn_studio.studio.secrets.unlock import when_open
from otn_studio.studio.widgets.menu import Menu
from otn_studio.studio.words import _


class TakesText(Protocol):
    def insert_text(self, text: str) -> None: ...


class InsertSecret:
    """The text gets the name only: what the secret is never comes near the flow.

    The keyring is asked for names only where a text takes them: it may have to be unlocked for that.
    """

    def __init__(self, tools: Tools, text: TakesText, widget: QWidget) -> None:
        self._tools, self._text, self._widget = tools, text, widget
        tools.secrets.refresh()

    def add_to(self, menu: Menu) -> None:
        secrets = menu.addMenu(_("Secret"))
        secrets.setObjectName("secret menu")
        for name in self._tools.secrets.names:
            secrets.addAction(name).triggered.connect(lambda _on=False, name=name: self._put(name))
        secrets.addSeparator()
        for words, do in ((_("New secret…"), self._make), (_("Secrets…"), self._show_all)):
            secrets.addAction(words).triggered.connect(lambda _on=False, do=do: self._open(do))

    def _put(self, name: str) -> None:
        self._text.insert_text(f"{{{{ secret.{name} }}}}")

    def _open(self, do: Callable[[], None]) -> None:
        when_open(self._tools.secrets, self._widget.window(), do)

    def _make(self) -> None:
        window = NewSecret(self._tools.secrets, self._widget.window())
        window.kept.connect(self._put)
        window.open()

    def _show_all(self) -> None:
        flow = self._tools.document
        SecretsDialog(self._tools.secrets, lambda: flow.flow, self._widget.window()).open()
