"""A studio that is started while one is open calls it, and lets it open the flows.

Where it listens stands in a file beside its settings. Both are in the same environment, or they are
two: somebody who names another database wants another window.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Final

PATIENCE: Final = 2.0
"""Seconds until one that does not answer is let alone."""
TAKEN: Final = b"taken"
AT_MOST: Final = 1_000_000
"""Bytes of a call."""
_OURS: Final = "OTN_STUDIO_"


def card(folder: Path) -> Path:
    """The file that says where the open studio listens; there is none where none is open."""
    return folder / "studio.open"


def call(folder: Path, flows: Sequence[Path]) -> bool:
    """Ask the open studio to show itself with these flows; whether it does."""
    try:
        with Client(card(folder).read_text("utf-8")) as line:
            line.send_bytes(written(flows))
            return line.poll(PATIENCE) and line.recv_bytes(AT_MOST) == TAKEN
    except (OSError, ValueError, EOFError):
        return False


def written(flows: Sequence[Path]) -> bytes:
    """A call as it is sent."""
    return json.dumps([_environment(), [str(flow) for flow in flows]]).encode()


def read(line: Connection) -> list[Path] | None:
    """What a caller wants; none where it is in another environment.

    Raises:
        OSError, ValueError, EOFError: it does not say.
    """
    if not line.poll(PATIENCE):
        raise EOFError
    environment, flows = json.loads(line.recv_bytes(AT_MOST))
    return [Path(flow) for flow in flows] if environment == _environment() else None


def _environment() -> str:
    """The same for the same settings, and tells none of them: there are secrets among them."""
    ours = sorted(entry for entry in os.environ.items() if entry[0].startswith(_OURS))
    return hashlib.sha256(json.dumps(ours).encode()).hexdigest()
