"""The program's icon in the formats of the systems: ``python resources/packaging/icons.py FOLDER``.

Made anew from its one drawing: PNG in all sizes for Linux, ICO for Windows, ICNS for macOS. The
last two are nothing but PNG files in an envelope.
"""

import os
import struct
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from otn_studio import shipped

SIZES: Final = (16, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES: Final = (16, 24, 32, 48, 64, 128, 256)
ICNS_TYPES: Final = {
    b"icp4": 16,
    b"icp5": 32,
    b"icp6": 64,
    b"ic07": 128,
    b"ic08": 256,
    b"ic09": 512,
}


def drawn(size: int) -> bytes:
    """The icon as a PNG file."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(shipped.path("resources/icons/otn-studio.svg"))).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """A directory of the sizes, then the pictures."""
    begin = 6 + 16 * len(ICO_SIZES)
    entries, body = b"", b""
    for size in ICO_SIZES:
        png = pictures[size]
        entries += struct.pack(
            "<4B2H2L", size % 256, size % 256, 0, 0, 1, 32, len(png), begin + len(body)
        )
        body += png
    return struct.pack("<3H", 0, 1, len(ICO_SIZES)) + entries + body


def icns(pictures: dict[int, bytes]) -> bytes:
    """One picture after the other, each with its type and length."""
    parts = [
        kind + struct.pack(">L", 8 + len(pictures[size])) + pictures[size]
        for kind, size in ICNS_TYPES.items()
    ]
    body = b"".join(parts)
    return b"icns" + struct.pack(">L", 8 + len(body)) + body


def main(folder: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {size: drawn(size) for size in SIZES}
    for size, png in pictures.items():
        (folder / f"otn-studio-{size}.png").write_bytes(png)
    (folder / "otn-studio.ico").write_bytes(ico(pictures))
    (folder / "otn-studio.icns").write_bytes(icns(pictures))
    application.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
