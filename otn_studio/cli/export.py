"""Write a flow in another format: as a picture, as a graph, or for another program."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from otn_studio.blocks.words import Problem
from otn_studio.cli.files import load_one
from otn_studio.cli.items import say_items
from otn_studio.cli.words import say, shown
from otn_studio.exchange import formats
from otn_studio.exchange.report import Exported
from otn_studio.flow import writing
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project

ENDINGS: Final = {
    "json": ".json",
    "png": ".png",
    "svg": ".svg",
    "pdf": ".pdf",
    "mermaid": ".mmd",
    "graphml": ".graphml",
}
"""How the files of our own formats end; those of other programs with their name, too."""


def add_arguments(parser: ArgumentParser) -> None:
    others = (format.name for format in formats.FORMATS if format.exports)
    parser.add_argument("flow", type=Path, metavar="FLOW", help="a flow file")
    parser.add_argument("--as", required=True, choices=(*ENDINGS, *others), dest="format")
    parser.add_argument(
        "--to", type=Path, metavar="FILE", help="where to write it (default: here, by its name)"
    )
    parser.add_argument("--replace", action="store_true", help="write over a file that is there")


def run(given: Namespace) -> int:
    flow = load_one(given.flow)
    ending = ENDINGS.get(given.format, f".{given.format}.json")
    file = given.to or Path(given.flow.stem + ending)
    if file.exists() and not given.replace:
        raise Problem(
            "{file} is there already. Name another file with --to, or add --replace.", file=file
        )
    made = exported(flow, given.format)
    try:
        writing.replace(file, made.content)
    except OSError as error:
        raise Problem(
            "{file} can't be written: {problem}.", file=file, problem=error.strerror
        ) from (error)
    say_items(made.items)
    say("{file} is written.", file=file)
    return 0


def exported(flow: Flow, format: str) -> Exported:
    """The file's content, and what does not go into it. What draws is imported only now."""
    if format == "json":
        return Exported(writing.to_text(flow).encode(), ())
    if format == "mermaid":
        from otn_studio.exchange.mermaid import mermaid

        return Exported(mermaid(flow, shown).encode(), ())
    if format == "graphml":
        from otn_studio.exchange.graphml import graphml

        return Exported(graphml(flow, shown), ())
    if format in ENDINGS:
        from otn_studio.studio.pictures.formats import picture

        return Exported(picture(flow, format), ())
    return formats.named(format).write(Project.of(flow))
