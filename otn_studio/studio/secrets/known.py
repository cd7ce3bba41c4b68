"""The names of the secrets, fetched in the background."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from otn_studio.studio.background import Background
from otn_studio.studio.problem_words import sentence
from otn_studio.studio.secrets.store import Lock, SecretRow, Secrets

Failed = Callable[[str], None]


class KnownSecrets(QObject):
    """``changed``: there are others, or others are set."""

    changed = Signal()

    def __init__(self, secrets: Secrets, parent: QObject) -> None:
        super().__init__(parent)
        self._secrets = secrets
        self._background = Background(self)
        self.lock = Lock.OPEN
        self.rows: Sequence[SecretRow] = ()
        self.problem = ""
        self._is_stale = False

    def refresh(self) -> None:
        """Ask for the names; once more, where an answer is on its way that may be old by then."""
        self._is_stale = self._background.is_busy
        if not self._is_stale:
            self._look()

    def _look(self) -> None:
        self._is_stale = False
        self._background.run(
            lambda: (self._secrets.lock(), self._secrets.all()), self._take, self._keep
        )

    @property
    def names(self) -> list[str]:
        """Of those that are set."""
        return [row.name for row in self.rows if row.is_set]

    def set(self, name: str, value: str, then: Callable[[], None], failed: Failed) -> None:
        """Keep a value; nothing here holds it any longer than that takes."""
        self._do(lambda: self._secrets.set(name, value), then, failed)

    def unlock(self, password: str, then: Callable[[], None], failed: Failed) -> None:
        def opened() -> None:
            self.lock = Lock.OPEN
            then()

        self._do(lambda: self._secrets.unlock(password), opened, failed)

    def delete(self, name: str, failed: Failed) -> None:
        self._do(lambda: self._secrets.delete(name), lambda: None, failed)

    def _do(self, work: Callable[[], None], then: Callable[[], None], failed: Failed) -> None:
        def done(_result: object) -> None:
            self._look()
            then()

        self._background.run(work, done, lambda error: failed(sentence(error)))

    def _take(self, found: tuple[Lock, Sequence[SecretRow]]) -> None:
        if found != (self.lock, self.rows) or self.problem:
            (self.lock, self.rows), self.problem = found, ""
            self.changed.emit()
        if self._is_stale:
            self._look()

    def _keep(self, error: Exception) -> None:
        """What is known stays; that no more is known is said where one looks for it."""
        self.problem = sentence(error)
        self.changed.emit()
