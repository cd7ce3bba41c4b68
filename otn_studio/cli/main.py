"""``otn-studio``: picks the verb and turns what went wrong into one sentence and an exit code.

0: fine, warnings included. 1: errors were found. 2: what was given can't be used.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from otn_studio.blocks.words import Problem
from otn_studio.cli import (
    announce,
    backup,
    broadcast,
    check,
    demo,
    emulator,
    engine,
    forget,
    logs,
    move,
    publish,
    restore,
    resume,
    secret,
    studio,
    test,
    topics,
)
from otn_studio.cli.words import complain

VERBS: Final = {
    "demo": demo,
    "check": check,
    "test": test,
    "publish": publish,
    "engine": engine,
    "emulator": emulator,
    "topics": topics,
    "announce": announce,
    "broadcast": broadcast,
    "backup": backup,
    "restore": restore,
    "resume": resume,
    "secret": secret,
    "forget": forget,
    "move": move,
}

FLOW: Final = ".json"
"""How flows end: such a file opens in the studio."""


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
        if all(argument.endswith(FLOW) for argument in arguments):
            return studio.run([Path(argument) for argument in arguments])
        given = _parser().parse_args(arguments)
        return studio.run() if given.verb is None else VERBS[given.verb].run(given)
    except Problem as problem:
        complain(problem.words)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="otn-studio",
        usage="%(prog)s [FILE.json ...] | %(prog)s VERB ...",
        description="Draw Messenger conversations, ask for permission to write later, keep every yes."
        " Without a verb the studio opens, with these flows.",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    for name, verb in VERBS.items():
        sentence = verb.__doc__.strip().splitlines()[0]
        described = verbs.add_parser(name, help=sentence, description=sentence)
        verb.add_arguments(described)
    return parser
