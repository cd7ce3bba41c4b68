"""What is selected, shared by the canvas, the panel, the phone and the problems."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from otn_studio.blocks.finding import Finding


class Selection(QObject):
    """Blocks by id, and within a single one the field that is meant (``elements.0.title``)."""

    changed = Signal()
    shown = Signal(str)
    """Somebody asks to see this block, wherever it is: the canvas goes there."""

    story_wanted = Signal(Finding)
    """Somebody asks to see how this comes about."""

    translation_wanted = Signal(Finding)
    """Somebody asks to see what is wrong in one of the flow's further languages."""

    def __init__(self) -> None:
        super().__init__()
        self._blocks: frozenset[str] = frozenset()
        self._field = ""

    @property
    def blocks(self) -> frozenset[str]:
        return self._blocks

    @property
    def only(self) -> str | None:
        """The block, where exactly one is selected."""
        return next(iter(self._blocks)) if len(self._blocks) == 1 else None

    @property
    def field(self) -> str:
        return self._field

    def select(self, blocks: Iterable[str], field: str = "") -> None:
        """Select these and nothing else."""
        wanted = frozenset(blocks)
        if (wanted, field) != (self._blocks, self._field):
            self._blocks, self._field = wanted, field
            self.changed.emit()

    def show(self, block: str, field: str = "") -> None:
        """Select a block and bring it into view."""
        self.select([block], field)
        self.shown.emit(block)

    def keep_only(self, existing: Iterable[str]) -> None:
        """Let go of blocks that are not there any more."""
        self.select(self._blocks & frozenset(existing), self._field)
