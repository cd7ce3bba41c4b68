"""Fields with one key in several flows: to the Page and its people they are one and the same."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from otn_studio.blocks.finding import Finding, error
from otn_studio.blocks.words import Words
from otn_studio.flow.document import Flow
from otn_studio.flow.project import Project


def findings(project: Project) -> Mapping[str, tuple[Finding, ...]]:
    """By flow id: fields that hold something else in another flow."""
    places: dict[str, list[Flow]] = defaultdict(list)
    for flow in project.flows.values():
        for key in flow.fields:
            places[key].append(flow)
    found: dict[str, tuple[Finding, ...]] = defaultdict(tuple)
    for key, flows in places.items():
        for flow, finding in _of_field(key, flows):
            found[flow.id] += (finding,)
    return found


def _of_field(key: str, flows: list[Flow]) -> Iterator[tuple[Flow, Finding]]:
    for flow in flows:
        mine = flow.fields[key]
        for other in flows:
            theirs = other.fields[key]
            if (mine.type, mine.of_page) != (theirs.type, theirs.of_page):
                sentence = Words(
                    "The field “{field}” holds something else in the flow “{other}”. Let it hold the"
                    " same in both, or make a new one.",
                    field=mine.name,
                    other=other.name,
                )
                yield flow, error("field_of_two_types", sentence)
                break
