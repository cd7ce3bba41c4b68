"""The pictures in the help are those of the studio as it is, and are all made by one command."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from tests.help.pictures import FOLDER, PICTURES
from tests.help.reading import links, written

BYTES_AT_MOST = 3_000_000
SMALL = 48
ALIKE = 8
"""How far two pictures may be apart, of 255: other letters on another computer, but no other screen."""


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """All of them, made anew."""
    folder = tmp_path_factory.mktemp("pictures")
    command = [sys.executable, "-m", "tests.help.pictures", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def gray(picture: QImage) -> list[int]:
    """The picture from afar."""
    afar = picture.scaled(
        SMALL,
        SMALL,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    return [afar.pixelColor(x, y).lightness() for x in range(SMALL) for y in range(SMALL)]


def apart(one: QImage, other: QImage) -> float:
    pairs = list(zip(gray(one), gray(other), strict=True))
    return sum(abs(a - b) for a, b in pairs) / len(pairs)


def test_the_command_makes_them_all(made):
    names = {f"{name}.png" for name in PICTURES}
    assert {file.name for file in made.iterdir()} == names
    assert {file.name for file in FOLDER.iterdir()} == names


@pytest.mark.parametrize("name", PICTURES)
def test_each_shows_the_studio_as_it_is(made, name):
    kept, now = QImage(str(FOLDER / f"{name}.png")), QImage(str(made / f"{name}.png"))
    assert kept.size() == now.size(), "make help"
    assert apart(kept, now) < ALIKE, "make help"


def test_different_screens_are_told_apart():
    kept = {name: QImage(str(FOLDER / f"{name}.png")) for name in ("otn-request", "story")}
    assert apart(*kept.values()) > ALIKE


def test_each_is_shown_somewhere():
    shown = {
        (page.parent / link.to).resolve()
        for page in written()
        for link in links(page)
        if link.is_picture
    }
    assert shown == {(FOLDER / f"{name}.png").resolve() for name in PICTURES}


def test_they_are_small():
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < BYTES_AT_MOST
