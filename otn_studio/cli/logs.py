"""The log: lines of text for people, or of JSON for programs, on standard error.

Nothing secret gets there in the first place. The database's own log, which has what people wrote and
their permissions in it, is therefore never switched on.
"""

import logging
import os
import sys
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Final

from otn_studio.blocks.words import Problem
from otn_studio.cli.environment import PREFIX

FORMATS: Final = ("text", "json")
LEVELS: Final = ("DEBUG", "INFO", "WARNING", "ERROR")
_TEXT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"

log = logging.getLogger(__name__)


def set_up(environment: Mapping[str, str] = os.environ) -> None:
    """Begin to log as the environment says.

    Raises:
        Problem: it says something else than there is.
    """
    kind = _chosen(environment, "LOG", FORMATS)
    level = _chosen(environment, "LOG_LEVEL", LEVELS, default="WARNING")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(_TEXT) if kind == "text" else _json())
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.getLogger("sqlalchemy").setLevel(logging.WARNING)
    logging.getLogger("urllib3").setLevel(logging.INFO)  # its details are addresses, and so secrets
    logging.captureWarnings(True)
    sys.excepthook = _crashed
    threading.excepthook = lambda crash: _crashed(
        crash.exc_type, crash.exc_value or crash.exc_type(), crash.exc_traceback
    )


def _chosen(
    environment: Mapping[str, str], name: str, among: tuple[str, ...], default: str | None = None
) -> str:
    given = environment.get(PREFIX + name) or default or among[0]
    for known in among:
        if given.casefold() == known.casefold():
            return known
    raise Problem(
        "The setting {setting} can’t be used: there are these: {known}.",
        setting=PREFIX + name,
        known=", ".join(among),
    )


def _json() -> logging.Formatter:
    """One object a line."""
    try:
        from pythonjsonlogger.core import RESERVED_ATTRS
        from pythonjsonlogger.json import JsonFormatter
    except ImportError as missing:
        raise Problem(
            "A log of JSON needs more packages: pip install 'otn-studio[server]'"
        ) from missing

    return JsonFormatter(
        "{levelname}{name}{message}",
        style="{",
        rename_fields={
            "levelname": "level",
            "name": "logger",
            "exc_info": "error",
        },
        timestamp="time",
        reserved_attrs=[*RESERVED_ATTRS, "color_message"],
    )


def _crashed(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log.critical("The program broke off.", exc_info=(kind, error, traceback))
