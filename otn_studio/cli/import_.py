"""Import another program's project: say what becomes of each part, and write the flows."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from otn_studio.blocks.words import Problem, Words
from otn_studio.cli.items import say_items
from otn_studio.cli.words import say
from otn_studio.exchange import folder, formats
from otn_studio.flow.reading import Unreadable


def add_arguments(parser: ArgumentParser) -> None:
    names = [format.name for format in formats.FORMATS if format.imports]
    parser.add_argument("file", type=Path, metavar="FILE", help="what the other program exported")
    parser.add_argument(
        "--from", choices=names, dest="format", help="its format (default: found out)"
    )
    parser.add_argument(
        "--to", type=Path, metavar="DIR", required=True, help="the folder for the flows"
    )
    parser.add_argument("--replace", action="store_true", help="write over flows that are there")


def run(given: Namespace) -> int:
    format = formats.named(given.format) if given.format else None
    try:
        found = formats.load(given.file, format, folder.project(given.to))
    except Unreadable as error:
        raise Problem("{file}: {problem}", file=given.file, problem=error.words) from error
    if not given.replace:
        _refuse_what_is_there(folder.files(found.new, given.to))
    _make(given.to)
    folder.put(found.flows, given.to)
    say_items(found.items)
    count = len(found.flows)
    flows = Words("{n} flow is written.", plural="{n} flows are written.", n=count)
    say("{folder}: {flows}", folder=given.to, flows=flows)
    return 0


def _refuse_what_is_there(files: list[Path]) -> None:
    there = next((file for file in files if file.exists()), None)
    if there is not None:
        raise Problem(
            "{file} is there already. Name another folder with --to, or add --replace.", file=there
        )


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(
            "The folder {folder} can’t be made: {problem}.", folder=folder, problem=error.strerror
        ) from error
