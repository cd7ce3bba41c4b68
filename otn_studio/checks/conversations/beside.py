"""The tests that stand beside a flow, with the flows that they are played among."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from otn_studio.blocks.words import Problem
from otn_studio.checks.conversations import reading, writing
from otn_studio.checks.conversations.playing import Result, outcome, play
from otn_studio.checks.conversations.recording import recorded
from otn_studio.checks.conversations.script import Conversation, Deed, Given, Script
from otn_studio.checks.conversations.session import WentOtherwise
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project
from otn_studio.flow.reading import Unreadable, load
from otn_studio.flow.writing import replace
from otn_studio.policy.profiles import Rules


@dataclass(frozen=True)
class Suite:
    """What is to be played, of a flow in a project."""

    path: Path
    flow: Flow
    project: Project
    script: Script


def tests_of(path: Path, flow: Flow, rules: Rules) -> Suite | None:
    """Those beside the file of a flow; none where there is no such file.

    Raises:
        Problem: it can't be read, or a flow that it names.
    """
    tests = reading.path_beside(path)
    if not tests.exists():
        return None
    try:
        script = reading.load(tests)
    except reading.Unreadable as error:
        raise Problem("{file}: {problem}", file=tests, problem=error.words) from error
    return Suite(tests, flow, _among(path, flow, script.beside, rules), script)


def outcomes(
    suite: Suite, told: Callable[[Result], bool] = lambda _result: True
) -> tuple[Result, ...]:
    """Play them all, until one of them is ``told`` and that is to be the last."""
    results: list[Result] = []
    for conversation in suite.script.conversations:
        results.append(outcome(suite.project, suite.flow, conversation))
        if not told(results[-1]):
            break
    return tuple(results)


def keep(
    path: Path, project: Project, flow: Flow, name: str, given: Given, deeds: Sequence[Deed]
) -> None:
    """Put a conversation that was played into the file of tests beside the flow's.

    Raises:
        Problem: it would not go the same way there, or can't be written.
    """
    tests = reading.path_beside(path)
    try:
        conversation = recorded(project, flow, name, given, deeds)
        kept = tests_of(path, flow, project.rules)
        beside = kept.script.beside if kept else ()
        needed = (
            beside if _goes(path, flow, beside, conversation, project) else _named(path, project)
        )
        if not _goes(path, flow, needed, conversation, project):
            raise Problem(
                "The conversation goes another way with the flows of this folder alone. Save the other"
                " live flows that it comes to in the folder first."
            )
        text = (
            writing.with_one_more(tests.read_text("utf-8"), conversation, needed)
            if kept
            else writing.to_text(Script(tuple(needed), (conversation,)))
        )
        replace(tests, text)
    except WentOtherwise as other:
        raise Problem("{problem}", problem=other.failure.words) from other
    except OSError as error:
        raise Problem(
            "{file} can’t be written: {problem}.", file=tests.name, problem=error.strerror
        ) from error


def _goes(
    path: Path, flow: Flow, beside: Sequence[str], conversation: Conversation, project: Project
) -> bool:
    """Whether it goes as it went, among these flows alone."""
    return play(_among(path, flow, beside, project.rules), flow, conversation) is None


def _named(path: Path, project: Project) -> list[str]:
    """The files in a flow's folder that hold others of the project."""
    named: dict[str, str] = {}
    for file in sorted(path.parent.glob(f"*{reading.FLOW}")):
        with suppress(Unreadable):
            named.setdefault(load(file).id, file.name)
    return sorted(name for id, name in named.items() if id in project.flows and name != path.name)


def _among(path: Path, flow: Flow, beside: Sequence[str], rules: Rules) -> Project:
    others: list[Flow] = []
    for name in beside:
        file = path.with_name(name)
        try:
            others.append(load(file))
        except Unreadable as error:
            raise Problem("{file}: {problem}", file=file, problem=error.words) from error
    return Project.of(*others, flow, rules=rules)
