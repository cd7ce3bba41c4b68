"""Files that are broken, by accident or on purpose: refused in one sentence, or imported whole."""

import copy
import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from otn_studio.exchange import formats
from otn_studio.exchange.rapidpro import read, recognises
from otn_studio.flow import reading, writing
from otn_studio.flow.json_text import Unreadable
from otn_studio.flow.project import Project
from tests.exchange.conformance import FOLDER
from tests.exchange.rapidpro.containers import container
from tests.exchange.rapidpro.legacies import LEGACY
from tests.exchange.rapidpro.test_reading import HI, SIZES

JUNK = st.one_of(
    *(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)),
    st.sampled_from(
        [
            *([], {}, [[]], [{}], "", "@(", "@(((1", "@(a.b[", "{{", "{% if", "x" * 5_000, 10**40),
            *(-1, "../../etc/passwd", "\x00", "@(" + "(" * 300 + ")" * 300 + ")", "eng", "switch"),
        ]
    ),
    st.recursive(st.text(max_size=3), st.lists, max_leaves=4),
)


def samples():
    yield container(SIZES, triggers=HI)
    yield LEGACY
    for path in sorted(FOLDER.glob("unicef*.export.json")):
        yield json.loads(path.read_bytes())


SAMPLES = list(samples())


def changed(data, chance, junk):
    """The data with something, somewhere, replaced, removed or doubled."""
    data = copy.deepcopy(data)
    place = data
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return data
        key = chance.choice(keys)
        if isinstance(place[key], dict | list) and place[key] and chance.random() < 0.85:
            place = place[key]
            continue
        match chance.randrange(3):
            case 0:
                place[key] = junk
            case 1:
                del place[key]
            case 2 if isinstance(place, list):
                place.append(copy.deepcopy(place[key]))
        return data


def is_well_received(content: bytes) -> bool:
    """Whether it is refused in a sentence, or imported, written, and read again as it was."""
    try:
        found = read(content, Project(), "sample")
    except Unreadable as error:
        return str(error).endswith(".")
    return all(reading.from_text(writing.to_text(flow)) == flow for flow in found.flows)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(SAMPLES), st.integers(0, 2**32), st.lists(JUNK, min_size=1, max_size=4))
def test_changed_anywhere_it_is_refused_or_imported(sample, seed, junk):
    chance = random.Random(seed)
    for entry in junk:
        sample = changed(sample, chance, entry)
    assert is_well_received(json.dumps(sample).encode())


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(SAMPLES), st.integers(0, 2**16), st.binary(max_size=3))
def test_cut_or_scratched_it_is_refused_or_imported(sample, at, scratch):
    content = json.dumps(sample).encode()
    at %= len(content)
    for broken in (content[:at], content[:at] + scratch + content[at + len(scratch) :]):
        recognises(broken)
        assert is_well_received(broken)


@pytest.mark.parametrize("sample", SAMPLES, ids=["made", "legacy", "unicef"][: len(SAMPLES)])
def test_the_samples_themselves_are_imported(sample):
    content = json.dumps(sample).encode()
    assert formats.recognised(content).name == "rapidpro"
    assert read(content, Project(), "sample").flows
