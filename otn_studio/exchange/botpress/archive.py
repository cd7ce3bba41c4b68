"""The files within an archive, in memory only, and never more of them than a bot can have."""

import tarfile
import zipfile
import zlib
from io import BytesIO
from typing import Final

from otn_studio.flow.json_text import SIZE_LIMIT, Unreadable

GZIP, ZIP, TAR = b"\x1f\x8b", b"PK\x03\x04", b"ustar"
FILES_AT_MOST: Final = 10_000


def is_archive(content: bytes) -> bool:
    return content.startswith((GZIP, ZIP)) or content[257:262] == TAR


def files(content: bytes) -> dict[str, bytes]:
    """What is in it, by name.

    Raises:
        Unreadable: it is damaged, or unpacks to more than it should.
    """
    try:
        if content.startswith(ZIP):
            return _zipped(content)
        return _in_tar(_unpacked(content) if content.startswith(GZIP) else content)
    except (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, ValueError) as error:
        raise Unreadable("The archive is damaged. Export the bot anew.") from error
    except (NotImplementedError, RuntimeError) as error:
        raise Unreadable("The archive is locked, or packed in a way that can’t be read.") from error


def _unpacked(content: bytes) -> bytes:
    unpacking = zlib.decompressobj(wbits=31)
    whole = unpacking.decompress(content, SIZE_LIMIT + 1)
    if len(whole) > SIZE_LIMIT:
        _refuse()
    return whole


def _in_tar(content: bytes) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    with tarfile.open(fileobj=BytesIO(content), mode="r:") as archive:
        for member in archive:
            if len(found) >= FILES_AT_MOST:
                _refuse()
            opened = archive.extractfile(member) if member.isreg() else None
            if opened is not None:
                found[_name(member.name)] = opened.read()
    return found


def _zipped(content: bytes) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    room = SIZE_LIMIT
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for entry in archive.infolist():
            if len(found) >= FILES_AT_MOST:
                _refuse()
            with archive.open(entry) as opened:
                inner = opened.read(room + 1)
            room -= len(inner)
            if room < 0:
                _refuse()
            if not entry.is_dir():
                found[_name(entry.filename)] = inner
    return found


def _name(name: str) -> str:
    return name.replace("\\", "/").removeprefix("./")


def _refuse() -> None:
    raise Unreadable("The archive holds more than a bot can have.")
