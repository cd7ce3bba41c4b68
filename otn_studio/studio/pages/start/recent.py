"""The flows that were open last, remembered from one start of the program to the next."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSettings, Signal

AT_MOST = 12
KEY = "flows/recent"


@dataclass(frozen=True)
class RecentFlow:
    """A file and what is known of it without opening it."""

    path: Path
    name: str
    opened: datetime


class RecentFlows(QObject):
    """The latest first, at most twelve."""

    changed = Signal()

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    def all(self) -> tuple[RecentFlow, ...]:
        """What is remembered. Entries that can't be read, from another version, are passed over."""
        try:
            entries = json.loads(str(self._settings.value(KEY, "[]")))
        except ValueError:
            return ()
        read = (_read(entry) for entry in (entries if isinstance(entries, list) else ()))
        return tuple(flow for flow in read if flow is not None)[:AT_MOST]

    def add(self, path: Path, name: str, now: datetime | None = None) -> None:
        """A flow has been opened or saved."""
        path = path.absolute()
        newest = RecentFlow(path, name, now or datetime.now(UTC))
        self._keep((newest, *(flow for flow in self.all() if flow.path != path)))

    def forget(self, path: Path) -> None:
        self._keep(tuple(flow for flow in self.all() if flow.path != path))

    def _keep(self, flows: tuple[RecentFlow, ...]) -> None:
        self._settings.setValue(KEY, json.dumps([_written(flow) for flow in flows[:AT_MOST]]))
        self.changed.emit()


def _written(flow: RecentFlow) -> dict[str, str]:
    return asdict(flow) | {"path": str(flow.path), "opened": flow.opened.isoformat()}


def _read(entry: Any) -> RecentFlow | None:
    try:
        opened = datetime.fromisoformat(entry["opened"])
        return RecentFlow(Path(entry["path"]), str(entry["name"]), opened.astimezone(UTC))
    except (KeyError, TypeError, ValueError):
        return None
