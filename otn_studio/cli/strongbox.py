"""Secrets in a file that a password opens, where the system has no keyring.

The password is never in a file: whoever starts the engine hands it over in the environment, or by the
folder of secrets, as a server does; the studio asks for it once.
"""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError
from platformdirs import user_data_path

from otn_studio.cli.environment import PREFIX
from otn_studio.cli.settings import secrets_folder
from otn_studio.studio.secrets.store import Lock

PASSWORD: Final = f"{PREFIX}SECRETS_PASSWORD"
SHORTEST: Final = 8
_SALT: Final = 16
_WORK: Final = {"length": 32, "n": 2**15, "r": 8, "p": 1}
"""What it takes to try one password: a tenth of a second and 32 MB."""


class Strongbox(KeyringBackend):
    """One file with the secrets of all Pages."""

    priority = 0

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    @property
    def lock(self) -> Lock:
        if not self._file.exists():
            return Lock.OPEN if password() else Lock.NEW
        try:
            self._read()
        except KeyringLocked:
            return Lock.LOCKED
        return Lock.OPEN

    def get_password(self, service: str, username: str) -> str | None:
        return self._read().get(service, {}).get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        kept = self._read()
        self._write({**kept, service: {**kept.get(service, {}), username: password}})

    def delete_password(self, service: str, username: str) -> None:
        kept = self._read()
        if username not in kept.get(service, {}):
            raise PasswordDeleteError
        left = {name: value for name, value in kept[service].items() if name != username}
        self._write({**kept, service: left})

    def _read(self) -> dict[str, dict[str, str]]:
        if not self._file.exists():
            return {}
        try:
            written = json.loads(self._file.read_text("ascii"))
            text = _opened_by(_given(), written["salt"]).decrypt(written["box"])
        except (InvalidToken, ValueError, KeyError) as error:
            raise KeyringLocked from error
        return json.loads(text)

    def _write(self, kept: Mapping[str, Any]) -> None:
        """Whole or not at all, for nobody else's eyes."""
        salt = base64.b64encode(secrets.token_bytes(_SALT)).decode()
        if self._file.exists():
            salt = json.loads(self._file.read_text("ascii"))["salt"]
        box = _opened_by(_given(), salt).encrypt(json.dumps(kept).encode()).decode()
        self._file.parent.mkdir(parents=True, exist_ok=True)
        new = self._file.with_suffix(".new")
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump({"salt": salt, "box": box}, file)
        new.replace(self._file)


def strongbox() -> Strongbox:
    """That of this user account."""
    return Strongbox(Path(user_data_path("otn-studio", appauthor=False)) / "secrets.box")


def password() -> str:
    """The password, as it was handed over; empty: nobody has."""
    folder = secrets_folder()
    file = folder and folder / PASSWORD.lower()
    return os.environ.get(PASSWORD) or (
        file.read_text("utf-8").strip() if file and file.is_file() else ""
    )


def _given() -> str:
    if not (given := password()):
        raise KeyringLocked
    return given


@lru_cache(maxsize=4)
def _opened_by(password: str, salt: str) -> Fernet:
    key = Scrypt(salt=base64.b64decode(salt), **_WORK).derive(password.encode())
    return Fernet(base64.urlsafe_b64encode(key))
