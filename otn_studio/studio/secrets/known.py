"""The names of the secrets, fetched in the background."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from otn_studio.studio.background import Background
from otn_studio.studio.pages.problem_words import sentence
from otn_studio.studio.secrets.store import SecretRow, Secrets

Failed = Callable[[str], None]


class KnownSecrets(QObject):
    """``changed``: there are others, or others are set."""

    changed = Signal()

    def __init__(self, secrets: Secrets, parent: QObject) -> None:
        super().__init__(parent)
        self._secrets = secrets
        self._background = Background(self)
        self.rows: Sequence[SecretRow] = ()
        self.problem = ""

    def refresh(self) -> None:
        """Ask for the names, unless an answer is on its way."""
        if not self._background.is_busy:
            self._look()

    def _look(self) -> None:
        self._background.run(self._secrets.all, self._take, self._keep)

    @property
    def names(self) -> list[str]:
        """Of those that are set."""
        return [row.name for row in self.rows if row.is_set]

    def set(self, name: str, value: str, then: Callable[[], None], failed: Failed) -> None:
        """Keep a value; nothing here holds it any longer than that takes."""
        self._do(lambda: self._secrets.set(name, value), then, failed)

    def delete(self, name: str, failed: Failed) -> None:
        self._do(lambda: self._secrets.delete(name), lambda: None, failed)

    def _do(self, work: Callable[[], None], then: Callable[[], None], failed: Failed) -> None:
        def done(_result: object) -> None:
            self._look()
            then()

        self._background.run(work, done, lambda error: failed(sentence(error)))

    def _take(self, rows: Sequence[SecretRow]) -> None:
        if rows != self.rows or self.problem:
            self.rows, self.problem = rows, ""
            self.changed.emit()

    def _keep(self, error: Exception) -> None:
        """What is known stays; that no more is known is said where one looks for it."""
        self.problem = sentence(error)
        self.changed.emit()
