"""The secrets of flows: in the environment or in files where a server hands them over, else in the
system's keyring; where there is none, in a file that a password opens. Nothing of them is anywhere
else.
"""

import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Final

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringError, PasswordDeleteError

from otn_studio.blocks import secret
from otn_studio.blocks.words import Problem
from otn_studio.cli.environment import PREFIX
from otn_studio.cli.settings import secrets_folder
from otn_studio.cli.strongbox import PASSWORD, SHORTEST, Strongbox, strongbox
from otn_studio.flow.project import Project
from otn_studio.studio.secrets.store import Lock

log = logging.getLogger(__name__)

_SECRET: Final = f"{PREFIX}SECRET_"
_NAMES: Final = ":names"
"""Under which the keyring keeps the names of all that it keeps: it can't list them itself."""


class Vault:
    """The secrets of one Page, by their names."""

    def __init__(self, page_id: str) -> None:
        self._service = f"OTN Studio, Page {page_id}"

    def value(self, name: str) -> str | None:
        """The secret's value; none where it is not set."""
        return _handed_over(name) or kept(self._service, name)

    def names(self) -> frozenset[str]:
        """Those that can be replaced and forgotten, since they lie in the keyring."""
        return frozenset((kept(self._service, _NAMES) or "").split())

    def handed_over(self, names: Iterable[str] = ()) -> frozenset[str]:
        """Those from the environment or from files, among these names and by their own."""
        return frozenset(name for name in {*names, *_names_handed_over()} if _handed_over(name))

    def set(self, name: str, value: str) -> None:
        """Keep a secret in the keyring.

        Raises:
            Problem: it can't be kept there.
        """
        _check(name)
        if not value.strip():
            raise Problem("The secret is empty. Give it a value.")
        try:
            ring().set_password(self._service, name, value)
            self._set_names(self.names() | {name})
        except KeyringError as problem:
            raise no_keyring(f"{_SECRET}{name.upper()}") from problem

    def forget(self, name: str) -> bool:
        """Take a secret out of the keyring; false where it is not there.

        Raises:
            Problem: there is no keyring.
        """
        _check(name)
        try:
            self._set_names(self.names() - {name})
            ring().delete_password(self._service, name)
        except PasswordDeleteError:
            return False
        except KeyringError as problem:
            raise no_keyring(f"{_SECRET}{name.upper()}") from problem
        return True

    @property
    def lock(self) -> Lock:
        """Whether secrets can be kept; a system's keyring asks by itself for what it needs."""
        found = ring()
        return found.lock if isinstance(found, Strongbox) else Lock.OPEN

    def unlock(self, password: str) -> None:
        """Open the box, or choose the password of a new one, for this process and those it starts.

        Raises:
            Problem: it is not the password, or too short for a new one.
        """
        lock, before = self.lock, os.environ.get(PASSWORD)
        if lock is Lock.NEW and len(password) < SHORTEST:
            raise Problem("A password has at least {n} characters.", n=SHORTEST)
        os.environ[PASSWORD] = password
        if self.lock is not Lock.OPEN:
            os.environ.pop(PASSWORD)
            if before is not None:
                os.environ[PASSWORD] = before
            raise Problem("That is not the password. Try again.")

    def looked_up(self, project: Project) -> Project:
        """The same project, of which it is known whose secrets are set."""
        return replace(project, secrets=self.those_set(project.secrets_asked_for()))

    def those_set(self, names: Iterable[str]) -> frozenset[str]:
        """Of these names, those whose secrets are set."""
        return frozenset(name for name in names if self.value(name) is not None)

    def _set_names(self, names: Iterable[str]) -> None:
        ring().set_password(self._service, _NAMES, " ".join(sorted(names)))


def ring() -> KeyringBackend:
    """Where secrets lie: the system's keyring, else our own box."""
    found = keyring.get_keyring()
    return strongbox() if isinstance(found, NoKeyring) else found


def kept(service: str, name: str) -> str | None:
    """None where it is not kept, or nobody can get at it."""
    try:
        return ring().get_password(service, name) or None
    except KeyringError as problem:
        _warn(type(problem).__name__)
        return None


@cache
def _warn(problem: str) -> None:
    """Once: a keyring that does not answer is asked for every secret, again and again."""
    log.warning("the system's keyring does not answer: %s", problem)


def no_keyring(setting: str) -> Problem:
    """What to do where the keyring can't be used; ``setting`` is what to set instead."""
    if isinstance(ring(), Strongbox):
        return Problem(
            "The secrets are locked. Open them under Secrets on the Engine page; where the engine"
            " runs by itself, set {setting} to their password.",
            setting=PASSWORD,
        )
    return Problem(
        "The keyring of this computer is locked. Unlock it and try again. Where the engine runs"
        " without it, set {setting}.",
        setting=setting,
    )


def _check(name: str) -> None:
    if not secret.NAME.fullmatch(name):
        raise Problem(
            "“{name}” can’t be the name of a secret. Use small letters, digits and _.", name=name
        )


def _handed_over(name: str) -> str | None:
    return os.environ.get(f"{_SECRET}{name.upper()}") or _in_folder(name)


def _names_handed_over() -> Iterator[str]:
    folder = secrets_folder()
    files = [file.name for file in folder.iterdir()] if folder else []
    for found in (*os.environ, *files):
        name = found.lower().removeprefix(_SECRET.lower())
        if found.lower() != name and secret.NAME.fullmatch(name):
            yield name


def _in_folder(name: str) -> str | None:
    """As Docker and systemd hand secrets over."""
    folder = secrets_folder()
    file = folder and folder / f"{_SECRET}{name}".lower()
    return file.read_text("utf-8").strip() if file and file.is_file() else None
