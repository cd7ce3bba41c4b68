"""The form of one part: a row for each of its options, and nothing that is not declared."""

from collections.abc import Iterator

from PySide6.QtWidgets import QVBoxLayout, QWidget

from otn_studio.blocks.block import Part
from otn_studio.studio.panel import paths
from otn_studio.studio.panel.choose import editor_for
from otn_studio.studio.panel.place import Place, Tools
from otn_studio.studio.panel.row import Row


class Form(QWidget):
    """Rows in the order of the declaration."""

    def __init__(
        self, tools: Tools, block: str, path: str, part: Part, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows: dict[str, Row] = {}
        self._useless: set[str] = set()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)
        tools.turns.spend(len(part.options()))
        for name, option in part.options().items():
            info = type(part).model_fields[name]
            there = paths.joined(path, paths.written_name(type(part), name))
            place = Place(tools, block, there, option, info, Form)
            self.rows[name] = Row(editor_for(name, place))
            self.column.addWidget(self.rows[name])
        if self.rows:
            self.setFocusProxy(next(iter(self.rows.values())).editor)
        self.show_part(part)

    def show_part(self, part: Part) -> None:
        options = part.options()
        for name, row in self.rows.items():
            row.show_value(getattr(part, name))
        useless = {name for name in self.rows if not part.has_use_for(options[name])}
        for name in useless ^ self._useless:
            self.rows[name].setVisible(name in self._useless)
        self._useless = useless

    def reach(self, field: str) -> None:
        """Make what this field is edited with, if there was no time for it yet."""
        for row in self.rows.values():
            row.editor.reach(field)

    def targets(self) -> Iterator[Row]:
        return iter(self.rows.values())
