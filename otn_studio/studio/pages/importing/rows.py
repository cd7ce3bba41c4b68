"""What becomes of each part of a file, below its flow, as far as it is looked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from otn_studio.exchange.report import FATE_WORDS, Fate, Item
from otn_studio.studio.words import _, shown

Role = Qt.ItemDataRole
ROW: Final = Qt.ItemDataRole.UserRole
NOWHERE = QModelIndex()


class Sign(NamedTuple):
    """Colour never says it alone: there is a shape, and a word."""

    icon: str
    role: str


SIGNS: Final[Mapping[Fate, Sign]] = {
    Fate.CREATED: Sign("plus", "success"),
    Fate.MATCHED: Sign("check", "accent"),
    Fate.CHANGED: Sign("pencil", "warning"),
    Fate.LOST: Sign("minus", "danger"),
}


class Group(NamedTuple):
    """A flow, or what belongs to none, with how many of its items are shown."""

    name: str
    count: int


class Line(NamedTuple):
    """An item as it is read."""

    fate: Fate
    word: str
    kind: str
    name: str
    why: str
    where: str

    @property
    def searched(self) -> str:
        return f"{self.kind}\n{self.name}\n{self.why}\n{self.where}".casefold()


Row = Group | Line


class ImportRows(QAbstractListModel):
    """Groups and their lines, one below the other."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[tuple[str, Line], ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._fate: Fate | None = None
        self._words = ""

    def show(self, items: Iterable[Item], flows: Mapping[str, str]) -> None:
        """Show these; ``flows`` are the names of the flows that they go into, by id."""
        self._lines = tuple((flows.get(item.flow, ""), _line(item)) for item in items)
        self._look()

    def filter(self, fate: Fate | None, words: str) -> None:
        """Only those of a fate, if one is given, that have these words in them."""
        self._fate, self._words = fate, words.casefold().strip()
        self._look()

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            if isinstance(row, Group):
                return row.name
            return " · ".join(part for part in (row.word, row.kind, row.name, row.why) if part)
        if role == Role.ToolTipRole and isinstance(row, Line):
            return row.where or None
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], Group):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _look(self) -> None:
        self.beginResetModel()
        self._rows = tuple(self._found())
        self.endResetModel()

    def _found(self) -> Iterator[Row]:
        groups: dict[str, list[Line]] = {}
        for flow, line in self._lines:
            if self._fate in (None, line.fate) and self._words in line.searched:
                groups.setdefault(flow, []).append(line)
        for flow, lines in sorted(groups.items(), key=lambda group: not group[0]):
            yield Group(flow or _("In no flow"), len(lines))
            yield from lines


def _begun(kind: str) -> str:
    """With a capital letter; an address, such as m.me, has none."""
    return kind if "." in kind.partition(" ")[0] else kind[:1].upper() + kind[1:]


def _line(item: Item) -> Line:
    kind = shown(item.kind)
    return Line(
        item.fate,
        shown(FATE_WORDS[item.fate]),
        _begun(kind),
        " ".join(item.name.split()),
        shown(item.why) if item.why is not None else "",
        item.where,
    )
