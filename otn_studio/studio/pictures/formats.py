"""A flow as a file with its picture: PNG for everywhere, SVG and PDF sharp at any size.

Needs no screen: where no program with windows runs, one without is begun.
"""

import base64
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPaintDevice,
    QPainter,
    QPdfWriter,
)
from PySide6.QtSvg import QSvgGenerator

from otn_studio import shipped
from otn_studio.blocks.words import Problem
from otn_studio.flow.document import Flow
from otn_studio.studio.pictures.drawing import Drawing
from otn_studio.studio.theme import type

SHARP: Final = 2.0
"""Pixels for each point of the canvas, both ways."""
MOST_PIXELS: Final = 64_000_000
"""More than 256 MB many programs don't open."""
LONGEST_SIDE: Final = 30_000
LONGEST_PAGE: Final = 14_400
"""Points, 72 to an inch; readers of PDF know no larger pages."""
_INCH: Final = 96
"""So many points of the canvas."""
_STEPS_AN_INCH: Final = 1_440
_NOT_IN_XML: Final = bytes({*range(0x20)} - {*b"\t\n\r"})
_WEIGHTS: Final = {"Regular": 400, "SemiBold": 600}


class Picture:
    """A file in the making: first all its `steps`, then its `content`."""

    def __init__(self, flow: Flow, flows: Mapping[str, str]) -> None:
        """``flows`` are the names of other flows that this one may lead to, by their ids."""
        if QGuiApplication.instance() is None:
            _begin_without_screen()
        self.name = flow.name
        self.drawing = Drawing(flow, flows)
        self.buffer = QBuffer()
        self.buffer.open(QIODevice.OpenModeFlag.WriteOnly)

    def steps(self) -> Iterator[float]:
        """Paint a bit with each step; says how far it is. Only where the program's windows live."""
        device, scale = self.device()
        painter = QPainter(device)
        painter.scale(scale, scale)
        try:
            yield from self.drawing.paint(painter)
        finally:
            painter.end()

    def device(self) -> tuple[QPaintDevice, float]:
        """What to paint on, and how many of its own points a point of the canvas takes."""
        raise NotImplementedError

    def content(self) -> bytes:
        """The file; anywhere."""
        return self.buffer.data().data()


class Png(Picture):
    """Pixels, twice as many as a plain screen shows, or as many as there may be."""

    def device(self) -> tuple[QImage, float]:
        scale = _sharpness(self.drawing.size)
        self._image = QImage((self.drawing.size * scale).toSize(), QImage.Format.Format_RGB32)
        return self._image, scale

    def content(self) -> bytes:
        self._image.save(self.buffer, "PNG")
        return super().content()


class Svg(Picture):
    """Lines and words, with the typeface in the file."""

    def device(self) -> tuple[QSvgGenerator, float]:
        made, size = QSvgGenerator(), self.drawing.size
        made.setOutputDevice(self.buffer)
        made.setResolution(_INCH)
        made.setTitle(self.name)
        made.setDescription("")
        made.setSize(size.toSize())
        made.setViewBox(QRectF(0, 0, size.width(), size.height()))
        return made, 1.0

    def content(self) -> bytes:
        whole = super().content().translate(None, _NOT_IN_XML)
        return whole.replace(b"<defs>", b"<defs>" + _typeface(), 1)


class Pdf(Picture):
    """One page that holds everything, with the typeface in the file."""

    def device(self) -> tuple[QPdfWriter, float]:
        size = self.drawing.size
        points = min(72 / _INCH, LONGEST_PAGE / max(size.toTuple()))
        made = QPdfWriter(self.buffer)
        made.setTitle(self.name)
        made.setCreator("OTN Studio")
        made.setResolution(_STEPS_AN_INCH)
        page = QPageSize(size * points, QPageSize.Unit.Point, "", QPageSize.ExactMatch)
        made.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
        return made, points * _STEPS_AN_INCH / 72


PICTURES: Final[Mapping[str, Callable[[Flow, Mapping[str, str]], Picture]]] = {
    "png": Png,
    "svg": Svg,
    "pdf": Pdf,
}


def picture(flow: Flow, format: str, flows: Mapping[str, str] = {}) -> bytes:
    """The whole file, at once.

    Raises:
        Problem: the flow is too large for that.
    """
    made = PICTURES[format](flow, flows)
    for _ in made.steps():
        pass
    return made.content()


@lru_cache
def _begin_without_screen() -> QGuiApplication:
    """Kept for as long as the program runs, since everything of Qt hangs on it."""
    application = QGuiApplication(["otn-studio", "-platform", "offscreen"])
    type.load()
    return application


def _sharpness(size: QSizeF) -> float:
    wide, high = size.toTuple()
    scale = min(SHARP, LONGEST_SIDE / max(wide, high), (MOST_PIXELS / (wide * high)) ** 0.5)
    if scale < 1:
        raise Problem(
            "The flow is too large for a PNG in which its words can be read. Choose SVG or PDF."
        )
    return scale


def _typeface() -> bytes:
    """Both weights, for whoever looks at the file without having them."""
    faces = []
    for name, weight in _WEIGHTS.items():
        font = shipped.path(f"resources/fonts/Inter-{name}.otf").read_bytes()
        faces.append(
            f"@font-face{{font-family:{type.FAMILY};font-weight:{weight};"
            f"src:url(data:font/otf;base64,{base64.b64encode(font).decode()})}}"
        )
    return f'<style type="text/css">{"".join(faces)}</style>'.encode()
