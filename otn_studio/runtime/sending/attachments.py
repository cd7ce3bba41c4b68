"""Files of flows on their way to people: kept when a flow is published, sent by Messenger's number.

Messenger forgets a number after 90 days, so the file is uploaded anew well before that, as soon as
somebody is to get it.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from otn_studio.blocks.addresses import is_file, kept_by, kept_digest
from otn_studio.blocks.elements.media import Media
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.blocks.words import Problem
from otn_studio.flow.document import Flow
from otn_studio.policy import limits
from otn_studio.storage.sending import attachments
from otn_studio.storage.sending.attachments import Kept, Key
from otn_studio.storage.sending.sends import SendRow

AWAITED: Final = "upload"
"""Why a message waits whose file Messenger does not have yet."""
REFUSED: Final = "file_refused"
LOOKS_AGAIN: Final = timedelta(seconds=30)
LASTS: Final = timedelta(days=limits.ATTACHMENT_DAYS)
RENEWED: Final = timedelta(days=limits.ATTACHMENT_DAYS - 10)
Files = Mapping[Key, tuple[str, bytes]]
"""Names and contents."""


def taken_along(flow: Flow, folder: Path | None) -> tuple[Flow, Files]:
    """The flow with its files by what they are kept by, and the files.

    Raises:
        Problem: a file is missing, can't be read, or is too large.
    """
    files: dict[Key, tuple[str, bytes]] = {}
    blocks = dict(flow.blocks)
    for id, block in flow.blocks.items():
        if isinstance(block, SendMessage) and any(map(_has_file, block.elements)):
            elements = tuple(
                _taken(one, flow, folder, files) if _has_file(one) else one
                for one in block.elements
            )
            blocks[id] = block.model_copy(update={"elements": elements})
    return (replace(flow, blocks=blocks) if files else flow), files


def _has_file(element: object) -> bool:
    return isinstance(element, Media) and is_file(element.url)


def _taken(
    element: Media, flow: Flow, folder: Path | None, files: dict[Key, tuple[str, bytes]]
) -> Media:
    content = _read(element.url, flow, folder)
    digest = hashlib.sha256(content).hexdigest()
    files[digest, element.medium.value] = element.url.rpartition("/")[2], content
    return element.model_copy(update={"url": kept_by(digest, element.url)})


def _read(path: str, flow: Flow, folder: Path | None) -> bytes:
    """A file that lies in the folder of its flow, even where a link leads elsewhere."""
    home = folder.resolve() if folder is not None else None
    found = (home / path).resolve() if home is not None else None
    if home is None or found is None or not found.is_relative_to(home) or not found.is_file():
        raise Problem(
            "“{file}” is not in the folder of “{flow}”. Put it there, or choose it again.",
            file=path,
            flow=flow.name,
        )
    if found.stat().st_size > limits.ATTACHMENT_BYTES:
        raise Problem(
            "“{file}” is larger than the {limit} MB that Messenger takes. Choose a smaller one.",
            file=path,
            limit=limits.ATTACHMENT_BYTES // (1024 * 1024),
        )
    try:
        return found.read_bytes()
    except OSError as error:
        raise Problem(
            "“{file}” can’t be read: {problem}.", file=path, problem=error.strerror
        ) from error


def keep(connection: Connection, page_id: str, files: Files, now: datetime) -> None:
    for key, (name, content) in files.items():
        attachments.keep(connection, page_id, key, name, content, now)


class Ready:
    """The files of some messages that are about to be sent."""

    def __init__(
        self, connection: Connection, page_id: str, rows: Collection[SendRow], now: datetime
    ) -> None:
        keys = {key for row in rows if (key := _key(row.message)) is not None}
        self._kept = attachments.by_key(connection, page_id, keys) if keys else {}
        self._now = now
        for kept in self._kept.values():
            if self._is_to_be_uploaded(kept):
                attachments.change(connection, page_id, kept.key, upload_at=now)

    def problem(self, row: SendRow) -> str | None:
        """Why the file of a message will never go, if that is so."""
        key = _key(row.message)
        if key is None:
            return None
        kept = self._kept.get(key)
        return "The file is not there any more." if kept is None else kept.problem

    def is_awaited(self, row: SendRow) -> bool:
        """Whether Messenger does not have the file yet."""
        key = _key(row.message)
        return key is not None and not self._has_number(self._kept[key])

    def filled_in(self, message: dict[str, Any]) -> dict[str, Any]:
        """The message as Messenger wants it, with the file's number."""
        key = _key(message)
        if key is None:
            return message
        payload = {"attachment_id": self._kept[key].number}
        return message | {"attachment": {"type": key[1], "payload": payload}}

    def _has_number(self, kept: Kept) -> bool:
        return kept.uploaded_at is not None and self._now < kept.uploaded_at + LASTS

    def _is_to_be_uploaded(self, kept: Kept) -> bool:
        if kept.upload_at is not None or kept.problem is not None:
            return False
        return kept.uploaded_at is None or self._now >= kept.uploaded_at + RENEWED


def _key(message: dict[str, Any]) -> Key | None:
    attachment = message.get("attachment", {})
    digest = kept_digest(attachment.get("payload", {}).get("url") or "")
    return None if digest is None else (digest, attachment["type"])
