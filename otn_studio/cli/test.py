"""Play the recorded conversations that stand beside flows, and say which go another way."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from otn_studio.blocks.words import Problem, Words
from otn_studio.checks.conversations.beside import outcomes, tests_of
from otn_studio.checks.conversations.passed import Passed, together
from otn_studio.checks.conversations.playing import Result
from otn_studio.checks.conversations.reading import ENDING, FLOW, flow_of
from otn_studio.cli.files import load_one
from otn_studio.cli.settings import settings
from otn_studio.cli.words import say
from otn_studio.flow.document import Flow


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="FLOW_OR_FOLDER", help="a flow file, or a folder"
    )


def run(given: Namespace) -> int:
    results = [result for path in _flows(given.paths) for result in _run_beside(path)]
    if not results:
        raise Problem(
            "There are no tests to run. The tests of NAME{flow} stand beside it, in NAME{tests}.",
            flow=FLOW,
            tests=ENDING,
        )
    failed = sum(result.failure is not None for result in results)
    say(_summary(len(results), failed))
    return 1 if failed else 0


def _flows(paths: Sequence[Path]) -> list[Path]:
    """The flows that are named, and of a folder those that have tests."""
    found: list[Path] = []
    for path in paths:
        found += sorted(map(flow_of, path.glob(f"*{ENDING}"))) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def _run_beside(path: Path) -> tuple[Result, ...]:
    flow = load_one(path)
    say("{file}: “{flow}”", file=path, flow=flow.name)
    tests = tests_of(path, flow, settings().rules)
    if tests is None:
        say("  There are no tests of this flow.")
        return ()
    results = outcomes(tests, lambda result: _say_result(tests.path, result))
    _say_passed(flow, together(result.passed for result in results))
    return results


def _say_result(tests: Path, result: Result) -> bool:
    name, failure = result.conversation.name, result.failure
    if failure is None:
        say("  Passed: {name}", name=name)
    else:
        say("  Failed: {name}", name=name)
        say("    {file}:{line}: {problem}", file=tests, line=failure.line, problem=failure.words)
    return True


def _say_passed(flow: Flow, passed: Passed) -> None:
    """How much of the flow they went through, and what of it they did not."""
    blocks, ways = passed.left_out(flow)
    all_ways = sum(1 for _ in flow.all_connections())
    say(
        "  They come through {blocks} of {all_blocks} blocks and {ways} of {all_ways} connections.",
        blocks=len(flow.blocks) - len(blocks),
        all_blocks=len(flow.blocks),
        ways=all_ways - len(ways),
        all_ways=all_ways,
    )
    for id in blocks:
        say("    Not reached: {block}", block=flow.blocks[id].label())
    for way in ways:
        port = flow.port(way.block, way.port)
        say(
            "    Not reached: {block}, “{way}”",
            block=flow.blocks[way.block].label(),
            way=port.words if port else way.port,
        )


def _summary(count: int, failed: int) -> Words:
    tests = Words("{n} test", plural="{n} tests", n=count)
    if not failed:
        return Words("{tests}, none failed.", tests=tests)
    return Words("{tests}, {failed} failed.", tests=tests, failed=failed)
