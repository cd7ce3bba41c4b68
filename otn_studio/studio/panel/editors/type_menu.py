from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from otn_studio.blocks.block import Declared
from otn_studio.studio.panel.names import catalogued, for_menu, readable
from otn_studio.studio.theme import icons
from otn_studio.studio.theme.theme import Theme
from otn_studio.studio.widgets.menu import Menu
from otn_studio.studio.words import _


class TypeMenu(Menu):
    """All types of a part, those with a menu path in their submenus. ``chosen`` names the type."""

    chosen = Signal(str)

    def __init__(
        self, parent: QWidget, types: Mapping[str, type[Declared]], theme: Theme, channel: str
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._channel, self._theme = channel, theme
        self._submenus: dict[tuple[str, ...], Menu] = {(): self}
        for name, declared in sorted(types.items(), key=lambda entry: _order(entry[1])):
            self._add(self._submenu(declared.kind.menu), name, declared)

    def _submenu(self, path: tuple[str, ...]) -> Menu:
        if path not in self._submenus:
            parent = self._submenu(path[:-1])
            self._submenus[path] = parent.addMenu(for_menu(catalogued(path[-1])))
        return self._submenus[path]

    def _add(self, menu: Menu, name: str, declared: type[Declared]) -> None:
        kind = declared.kind
        fits = self._channel in kind.channels
        title = catalogued(kind.title)
        if not fits:
            where = ", ".join(readable(channel) for channel in sorted(kind.channels))
            title = _("{title} · {where} only", title=title, where=where)
        color = self._theme.roles.group(kind.group).name()
        action = menu.addAction(icons.icon(kind.icon, color), for_menu(title))
        action.setObjectName(name)
        action.setEnabled(fits)
        action.triggered.connect(lambda: self.chosen.emit(name))


def _order(declared: type[Declared]) -> tuple[tuple[str, ...], str]:
    """By name, submenus last."""
    return declared.kind.menu, catalogued(declared.kind.title)
