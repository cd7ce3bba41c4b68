"""The clients, installed once into the user's cache, from where their own programs run them."""

import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import platformdirs
import pytest

from tests.environment import BIN, environment, runs

NPM = (
    "messaging-api-messenger@1.1.0",
    "bottender@1.5.5",
    "botly@1.6.2",
    "@warriorteam/messenger-sdk@1.5.8",
)
PYPI = (
    "facebook-business==26.0.3",
    "fbmessenger==6.0.0",
    "pymessenger==0.0.7.0",
    "python-facebook-api==0.24.0",
)
SCRIPTS = Path(__file__).with_name("scripts")
_CACHE = Path(platformdirs.user_cache_path("otn-studio-tests", appauthor=False))


def node() -> list[str | Path]:
    """The command that runs a script of a client from npm; NODE_PATH leads it to the client."""
    return [shutil.which("node") or "node"]


def node_environment() -> dict[str, str]:
    """Where node finds the clients."""
    return os.environ | {"NODE_PATH": str(_folder("npm", NPM, _install_from_npm) / "node_modules")}


def python() -> list[str | Path]:
    """The command that runs a script of a client from PyPI."""
    return [_folder("pypi", PYPI, _install_from_pypi) / BIN, "-W", "ignore"]


def _folder(kind: str, wanted: tuple[str, ...], install: Callable[[Path], str]) -> Path:
    """Where they are. The test is skipped where they can't be had."""
    folder, problem = _had(kind, wanted, install)
    if problem:
        pytest.skip(problem)
    return folder


@cache
def _had(kind: str, wanted: tuple[str, ...], install: Callable[[Path], str]) -> tuple[Path, str]:
    """Where they are, or why they can't be had; that is tried once."""
    names = "_".join(one.replace("/", "-") for one in wanted)
    folder = _CACHE / f"{kind}-{names}"
    if not folder.exists():
        fresh = _CACHE / f"{kind}-{os.getpid()}"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        if problem := install(fresh):
            shutil.rmtree(fresh, ignore_errors=True)
            return folder, problem
        _keep(fresh, folder)
    return folder, ""


def _keep(fresh: Path, folder: Path) -> None:
    """Another process may have been quicker."""
    try:
        fresh.rename(folder)
    except OSError:
        shutil.rmtree(fresh, ignore_errors=True)


def _install_from_npm(folder: Path) -> str:
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return "there is no npm here"
    quietly = ("--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=0")
    done = runs([npm, "install", *quietly, "--prefix", folder, *NPM])
    return "" if done else "npm could not install the clients"


def _install_from_pypi(folder: Path) -> str:
    return "" if environment(folder, PYPI) else "pip could not install the clients"
