"""Write a flow in another format: as a picture, as a graph, or for another program."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from otn_studio.blocks.words import Problem
from otn_studio.cli.files import load_one
from otn_studio.cli.items import say_items
from otn_studio.cli.words import say, shown
from otn_studio.exchange import folder
from otn_studio.exchange.exporting import PICTURES, endings, exported
from otn_studio.exchange.report import Exported
from otn_studio.flow import writing
from otn_studio.flow.document import Flow


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("flow", type=Path, metavar="FLOW", help="a flow file")
    parser.add_argument("--as", required=True, choices=tuple(endings()), dest="format")
    parser.add_argument(
        "--to", type=Path, metavar="FILE", help="where to write it (default: here, by its name)"
    )
    parser.add_argument("--replace", action="store_true", help="write over a file that is there")


def run(given: Namespace) -> int:
    flow = load_one(given.flow)
    file = given.to or Path(given.flow.stem + endings()[given.format])
    if file.exists() and not given.replace:
        raise Problem(
            "{file} is there already. Name another file with --to, or add --replace.", file=file
        )
    made = _made(flow, given.format, given.flow.parent)
    try:
        writing.replace(file, made.content)
    except OSError as error:
        raise Problem(
            "{file} can’t be written: {problem}.", file=file, problem=error.strerror
        ) from error
    say_items(made.items)
    say("{file} is written.", file=file)
    return 0


def _made(flow: Flow, format: str, home: Path) -> Exported:
    if format not in PICTURES:
        return exported(flow, format, shown)
    from otn_studio.studio.pictures.formats import picture  # only pictures wait for Qt

    names = {id: one.name for id, one in folder.project(home).flows.items()}
    return Exported(picture(flow, format, names), ())
