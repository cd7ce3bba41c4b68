"""``otn-studio``: picks the verb and turns what went wrong into one sentence and an exit code.

0: fine, warnings included. 1: errors were found. 2: what was given can't be used.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from otn_studio.blocks.words import Problem
from otn_studio.cli import logs
from otn_studio.cli.loading import quickly
from otn_studio.cli.second import are_flows
from otn_studio.cli.words import complain

if TYPE_CHECKING:
    from argparse import ArgumentParser

VERBS: Final = (
    *("demo", "check", "test", "publish", "engine", "emulator", "topics", "announce"),
    *("broadcast", "backup", "restore", "resume", "secret", "service", "forget", "move", "export"),
    "pages",
    "import",
)
"""Each is a module here, which is imported when it is wanted: together they take a second."""


def run(arguments: Sequence[str] | None = None) -> None:
    """The program."""
    try:
        logs.set_up()
    except Problem as problem:
        complain(problem.words)
        sys.exit(2)
    sys.exit(main(arguments))


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say; answers the exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        if are_flows(arguments):
            return module("studio").run([Path(argument) for argument in arguments])
        given = _parser(arguments[0]).parse_args(arguments)
        return module(given.verb).run(given)
    except Problem as problem:
        complain(problem.words)
        return 2
    except KeyboardInterrupt:
        return 130


def module(verb: str) -> Any:
    """What does it."""
    with quickly():
        name = f"{verb}_" if iskeyword(verb) else verb
        return import_module(f"otn_studio.cli.{name}")


def _parser(first: str) -> "ArgumentParser":
    """Knows the verb that comes first, or all of them where that is none."""
    from argparse import ArgumentParser  # flows are opened without

    parser = ArgumentParser(
        prog="otn-studio",
        usage="%(prog)s [FILE.json ...] | %(prog)s VERB ...",
        description="Draw Messenger conversations, ask for permission to write later, keep every yes."
        " Without a verb the studio opens, with these flows.",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True, prog="otn-studio")
    for name in [first] if first in VERBS else VERBS:
        sentence = module(name).__doc__.strip().splitlines()[0]
        described = verbs.add_parser(name, help=sentence, description=sentence)
        module(name).add_arguments(described)
    return parser
