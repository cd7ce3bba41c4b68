"""What a person has set for themselves, kept from one start of the program to the next."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings, QStandardPaths

from otn_studio.studio.preferences.account import name_of_account

SCALES: Final = (100, 125, 150, 175, 200, 250, 300)
"""In per cent."""

_LANGUAGE, _SCALE, _FOLDER, _NAME, _AGAIN, _FRONT, _UPDATES = (
    "preferences/language",
    "preferences/scale",
    "preferences/folder",
    "preferences/name",
    "preferences/again",
    "preferences/front",
    "preferences/updates",
)


class Preferences:
    """Reads and writes the settings; what is not set is as the system has it."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    @property
    def language(self) -> str:
        """Its code; empty: the system's."""
        return str(self._settings.value(_LANGUAGE, "", str))

    @language.setter
    def language(self, code: str) -> None:
        self._settings.setValue(_LANGUAGE, code)

    @property
    def scale(self) -> int:
        """How large everything is, in per cent of what the system says."""
        kept = str(self._settings.value(_SCALE, ""))
        return int(kept) if kept.isdecimal() and int(kept) in SCALES else SCALES[0]

    @scale.setter
    def scale(self, percent: int) -> None:
        self._settings.setValue(_SCALE, percent)

    @property
    def folder(self) -> Path:
        """Where flows are looked for and put first."""
        kept = str(self._settings.value(_FOLDER, ""))
        places = QStandardPaths.StandardLocation
        return Path(kept or QStandardPaths.writableLocation(places.DocumentsLocation))

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._settings.setValue(_FOLDER, str(folder))

    @property
    def name(self) -> str:
        """What stands beside the versions that they publish."""
        return str(self._settings.value(_NAME, "")).strip() or name_of_account()

    @name.setter
    def name(self, name: str) -> None:
        self._settings.setValue(_NAME, name.strip())

    @property
    def looks_for_updates(self) -> bool:
        """Whether the program asks once a day if there is a newer version."""
        return bool(self._settings.value(_UPDATES, True, bool))

    @looks_for_updates.setter
    def looks_for_updates(self, wanted: bool) -> None:
        self._settings.setValue(_UPDATES, wanted)

    def reopen(self, files: list[Path], front: Path | None) -> None:
        """Have these files open at the next start, and that of the flow ``front`` to be seen."""
        self._settings.setValue(_AGAIN, [str(file) for file in files])
        self._settings.setValue(_FRONT, str(front or ""))

    def to_reopen(self) -> list[Path]:
        """The files to have open at this start; they are asked for once."""
        kept = self._settings.value(_AGAIN, [], list)
        self._settings.remove(_AGAIN)
        return [Path(str(file)) for file in kept]

    def to_be_seen(self) -> Path | None:
        """The file of the flow to be seen at this start; it is asked for once."""
        kept = str(self._settings.value(_FRONT, ""))
        self._settings.remove(_FRONT)
        return Path(kept) if kept else None
