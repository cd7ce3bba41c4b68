"""What the packages are made of: what can be known of them without making them."""

import ast
import configparser
import os
import re
import shutil
import struct
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path
from pkgutil import walk_packages
from xml.etree import ElementTree

import pytest
import yaml
from PySide6.QtGui import QImage

import otn_studio
from otn_studio import shipped
from otn_studio.cli import main as program
from otn_studio.flow import writing
from otn_studio.storage import migrating
from otn_studio.studio.document import files
from tests.builders import a_flow, say

ROOT = Path(otn_studio.__file__).parents[1]
PACKAGING = Path(shipped.path("resources/packaging"))
SPEC = ast.parse((ROOT / "otn_studio.spec").read_text("utf-8"))
SCRIPTS = [file for file in PACKAGING.rglob("*") if file.is_file() and os.access(file, os.X_OK)]
SPACE = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}


def said_in_spec(name: str) -> list[str]:
    """Every text in the value that the spec gives a name."""
    values = [
        node.value
        for node in SPEC.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name
    ]
    assert values, f"the spec has no {name}"
    constants = [node for node in ast.walk(values[0]) if isinstance(node, ast.Constant)]
    return [node.value for node in constants]


def imported(file: Path) -> set[str]:
    """The modules that a file imports, whole."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_nothing_is_left_out_that_the_program_imports():
    left_out = set(said_in_spec("WITHOUT"))
    for file in Path(otn_studio.__file__).parent.rglob("*.py"):
        wanted = {
            name
            for name in imported(file)
            for left in left_out
            if name == left or name.startswith(f"{left}.")
        }
        assert not wanted, f"{file} needs {wanted}"


def test_all_that_is_imported_by_name_is_found_where_the_spec_looks():
    """The spec collects the submodules of the package, which are those that lie in packages."""
    assert "otn_studio" in said_in_spec("UNSEEN")
    path = [str(Path(otn_studio.__file__).parent)]
    found = {module.name for module in walk_packages(path, "otn_studio.", onerror=lambda _: None)}
    assert {program.module(verb).__name__ for verb in (*program.VERBS, "studio")} <= found
    for file in (Path(otn_studio.__file__).parent / "blocks").rglob("*.py"):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        assert name in found, f"{file} is in no package"


def test_the_files_that_are_read_at_work_come_along():
    said = said_in_spec("FILES")
    for folder in ("resources", "flows"):
        assert folder in said
        assert f"otn_studio/_shipped/{folder}" in said
    migrations = Path(migrating.__file__).parent / "migrations"
    assert ".".join(migrations.relative_to(ROOT).parts) in said
    assert "otn-studio" in said, "its version is in its metadata"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: file.name)
def test_scripts_are_read_by_any_shell(script):
    assert script.read_text("utf-8").startswith("#!/bin/sh\n")
    subprocess.run(["sh", "-n", str(script)], check=True)


def test_the_menu_entry_begins_the_program_and_names_the_icon_that_there_is():
    read = configparser.ConfigParser(interpolation=None)
    read.read(PACKAGING / "linux" / "otn-studio.desktop")
    entry = read["Desktop Entry"]
    assert entry["exec"].split() == ["otn-studio", "%F"]
    assert shipped.path(f"resources/icons/{entry['icon']}.svg").exists()
    types = ElementTree.parse(PACKAGING / "linux" / "otn-studio.xml").getroot()
    assert [t.get("type") for t in types] == entry["mimetype"].rstrip(";").split(";")


@pytest.mark.skipif(
    not shutil.which("desktop-file-validate"), reason="there is no desktop-file-validate here"
)
def test_the_menu_entry_is_as_systems_want_it():
    entry = str(PACKAGING / "linux" / "otn-studio.desktop")
    told = subprocess.run(["desktop-file-validate", entry], capture_output=True, text=True)
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


def test_flows_are_of_the_file_type_by_their_name_and_their_beginning(tmp_path):
    type_ = ElementTree.parse(PACKAGING / "linux" / "otn-studio.xml").getroot()[0]
    file = tmp_path / f"shop{files.ENDING}"
    writing.save(a_flow({"hi": say("Hi")}, topics=(), fields=()), file)
    assert fnmatch(file.name, type_.find("m:glob", SPACE).get("pattern"))
    match = type_.find("m:magic/m:match", SPACE)
    first, last = map(int, match.get("offset").split(":"))
    begins = file.read_text().find(match.get("value"))
    assert first <= begins <= last


@pytest.fixture(scope="module")
def icons(tmp_path_factory) -> Path:
    """The icons, as the packages get them."""
    folder = tmp_path_factory.mktemp("icons")
    subprocess.run([sys.executable, str(PACKAGING / "icons.py"), str(folder)], check=True)
    return folder


def test_the_icon_is_drawn_in_every_size(icons):
    for file in icons.glob("*.png"):
        size = int(file.stem.rpartition("-")[2])
        image = QImage(str(file))
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(size // 2, 1 + size // 12).name() == "#7c3aed"
        assert image.pixelColor(0, 0).alpha() == 0
    assert len(list(icons.glob("*.png"))) == 8


def test_windows_and_macos_find_the_pictures_in_theirs(icons):
    ico = (icons / "otn-studio.ico").read_bytes()
    count = struct.unpack_from("<3H", ico)[2]
    for number in range(count):
        width, *_rest, length, begin = struct.unpack_from("<4B2H2L", ico, 6 + 16 * number)
        picture = QImage.fromData(ico[begin : begin + length])
        assert picture.width() == (width or 256)
    icns = (icons / "otn-studio.icns").read_bytes()
    assert icns[:4] == b"icns"
    assert struct.unpack_from(">L", icns, 4)[0] == len(icns)
    at, widths = 8, []
    while at < len(icns):
        length = struct.unpack_from(">L", icns, at + 4)[0]
        widths.append(QImage.fromData(icns[at + 8 : at + length]).width())
        at += length
    assert widths == [16, 32, 64, 128, 256, 512]


def test_hosted_builds_call_what_is_there():
    workflow = yaml.safe_load((ROOT / ".github/workflows/installers.yaml").read_text())
    job = workflow["jobs"]["build"]
    systems = {entry["system"].partition("-")[0] for entry in job["strategy"]["matrix"]["include"]}
    assert systems == {"windows", "macos", "linux"}
    for step in job["steps"]:
        for called in re.findall(r"resources/packaging/[\w./-]+", step.get("run", "")):
            assert (ROOT / called).is_file(), called


def test_a_purge_asks_in_english_and_german_and_keeps_by_default():
    asked = (PACKAGING / "linux" / "templates").read_text("utf-8")
    assert "Default: false" in asked
    assert "Description-de.UTF-8: " in asked
    assert (PACKAGING / "linux" / "postrm").read_text("utf-8").count("otn-studio/delete-data") == 2


@pytest.mark.skipif(not shutil.which("makensis"), reason="there is no makensis here")
def test_windows_installer_is_compiled(icons, tmp_path):
    (tmp_path / "built").mkdir()
    (tmp_path / "built" / "otn-studio.exe").touch()
    command = ["makensis", "-V2", "-WX", "-DVERSION=0.1.0", f"-DBUILT={tmp_path / 'built'}"]
    command += [f"-DICON={icons / 'otn-studio.ico'}", f"-DOUTPUT={tmp_path / 'otn-setup.exe'}"]
    script = str(PACKAGING / "windows" / "otn-studio.nsi")
    told = subprocess.run([*command, script], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert (tmp_path / "otn-setup.exe").read_bytes()[:2] == b"MZ"
