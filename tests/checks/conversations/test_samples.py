"""Every sample is without a finding, and its recorded conversations go as they were recorded."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from otn_studio import shipped
from otn_studio.checks.check import check
from otn_studio.checks.conversations import playing, reading
from otn_studio.checks.conversations.script import Conversation
from otn_studio.flow.project import Project
from otn_studio.flow.reading import load

SAMPLES = sorted(shipped.path("flows").glob("*.json"))
RECORDED = sorted(shipped.path("flows").glob(f"*{reading.ENDING}"))


def _conversations() -> Iterator[tuple[Path, Conversation]]:
    for path in RECORDED:
        for conversation in reading.load(path).conversations:
            yield path, conversation


def _project(recorded: Path) -> Project:
    beside = (recorded.with_name(name) for name in reading.load(recorded).beside)
    return Project.of(*(load(path) for path in (reading.flow_of(recorded), *beside)))


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda path: path.name)
def test_nothing_is_found_in_a_sample(recorded: Path) -> None:
    assert not any(check(_project(recorded)).values())


@pytest.mark.parametrize(
    ("recorded", "conversation"),
    list(_conversations()),
    ids=lambda value: value.name,
)
def test_a_recorded_conversation_goes_as_it_was_recorded(
    recorded: Path, conversation: Conversation
) -> None:
    failure = playing.play(_project(recorded), load(reading.flow_of(recorded)), conversation)
    assert failure is None, f"{recorded.name}:{failure}"


def test_all_samples_go_together_on_one_page() -> None:
    found = check(Project.of(*(load(path) for path in SAMPLES)))
    assert not any(found.values())


def test_every_sample_has_its_conversations() -> None:
    talked = {reading.flow_of(path) for path in RECORDED}
    beside = {path.with_name(name) for path in RECORDED for name in reading.load(path).beside}
    assert set(SAMPLES) == talked | beside
