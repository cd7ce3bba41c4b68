"""What is selected, shared by the canvas, the panel, the phone and the problems."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from otn_studio.blocks.finding import Finding


class Selection(QObject):
    """Blocks and frames by id, and within a single block the field that is meant
    (``elements.0.title``).
    """

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
        self._frames: frozenset[str] = frozenset()
        self._field = ""

    @property
    def blocks(self) -> frozenset[str]:
        return self._blocks

    @property
    def frames(self) -> frozenset[str]:
        return self._frames

    @property
    def only(self) -> str | None:
        """The block, where exactly one is selected."""
        return next(iter(self._blocks)) if len(self._blocks) == 1 else None

    @property
    def field(self) -> str:
        return self._field

    def select(self, blocks: Iterable[str], field: str = "", frames: Iterable[str] = ()) -> None:
        """Select these and nothing else."""
        wanted = frozenset(blocks), field, frozenset(frames)
        if wanted != (self._blocks, self._field, self._frames):
            self._blocks, self._field, self._frames = wanted
            self.changed.emit()

    def show(self, block: str, field: str = "") -> None:
        """Select a block and bring it into view."""
        self.select([block], field)
        self.shown.emit(block)

    def keep_only(self, blocks: Iterable[str], frames: Iterable[str] = ()) -> None:
        """Let go of what is not there any more."""
        kept = self._frames & frozenset(frames)
        self.select(self._blocks & frozenset(blocks), self._field, kept)
