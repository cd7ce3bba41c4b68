"""Pictures of every screen, and a page with all of them: ``python -m tests.studio.screenshots FOLDER``.

Light and dark, 1280 × 800, 1920 × 1080, 1280 × 800 at 200 %, 1280 × 720 at 300 %, in German, and from
right to left, drawn without a screen.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.studio import contact_sheet

SIZES = {
    "1280x800": (1280, 800, 1),
    "1920x1080": (1920, 1080, 1),
    "200": (1280, 800, 2),
    "300": (1280, 720, 3),
    "german": (1280, 800, 1),
    "right-to-left": (1280, 800, 1),
}
THEMES = ("light", "dark")


def main(folder: Path) -> None:
    """Each theme and size in a process of its own, since Qt scales a whole process."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (width, height, scale) in SIZES.items():
        for theme in THEMES:
            screen = platform(4 * width, 4 * height)
            settings = {"QT_QPA_PLATFORM": screen, "QT_SCALE_FACTOR": str(scale)}
            subprocess.run(
                [
                    sys.executable,
                    "-m",
                    __spec__.name,
                    str(folder),
                    theme,
                    name,
                    f"{width}x{height}",
                ],
                env=os.environ | settings,
                check=True,
                stderr=subprocess.DEVNULL,
            )
    sheet = contact_sheet.make(folder, [f"{theme}-{name}" for name in SIZES for theme in THEMES])
    print(f"{len(list(folder.glob('*.png')))} pictures, all of them on {sheet}")


def platform(width: int, height: int) -> str:
    """A platform without a screen, whose screen is large enough for menus to open where they should."""
    measures = {"x": 0, "y": 0, "width": width, "height": height, "dpr": 1}
    measures |= {"name": "one", "logicalDpi": 96, "logicalBaseDpi": 96}
    file = Path(tempfile.mkdtemp()) / "screens.json"
    file.write_text(json.dumps({"screens": [measures]}))
    return f"offscreen:configfile={file}"


def take(folder: Path, theme_name: str, name: str, width: int, height: int) -> None:
    """Every screen of one theme and size."""
    from PySide6.QtWidgets import QApplication

    from otn_studio.studio.preferences import speech
    from otn_studio.studio.theme.theme import Choice, Theme
    from tests.studio.camera import Camera
    from tests.studio.mirror import mirror
    from tests.studio.screens import Screens

    application = QApplication([])
    if name == "german":
        speech.speak(application, "de")
    elif name == "right-to-left":
        mirror(application)
    theme = Theme(application, Choice(theme_name))
    screens = Screens(theme, Path(tempfile.mkdtemp()))
    screens.window.resize(width, height)
    screens.window.show()
    screens.all(Camera(screens.window, theme, folder, f"{theme_name}-{name}"))
    screens.window.close()


if __name__ == "__main__":
    if len(sys.argv) == 2:
        main(Path(sys.argv[1]))
    else:
        target, chosen, label, size = sys.argv[1:]
        across, down = size.split("x")
        take(Path(target), chosen, label, int(across), int(down))
