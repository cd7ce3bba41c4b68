"""Something in a form that findings can be shown beside."""

from collections.abc import Iterator
from typing import Protocol

from PySide6.QtWidgets import QWidget

from otn_studio.blocks.block import Part
from otn_studio.blocks.finding import Finding


class Target(Protocol):
    """``path`` is the field that it stands for, with all that is below it."""

    path: str

    def show_findings(self, findings: list[Finding]) -> None: ...

    def targets(self) -> Iterator["Target"]:
        """The targets further in."""

    def stops(self) -> Iterator[QWidget]:
        """Where the Tab key stops, in order."""

    def take_focus(self, field: str) -> None:
        """Go to the input of a field that is this one or below it."""


class PartForm(Protocol):
    """The form of one part, as what stands around it sees it."""

    def show_part(self, part: Part) -> None: ...

    def targets(self) -> Iterator[Target]: ...

    def reach(self, field: str) -> None: ...

    def setFocus(self) -> None: ...
