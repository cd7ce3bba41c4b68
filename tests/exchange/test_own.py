"""A flow of ours that comes from elsewhere joins those that are here."""

import json
from dataclasses import replace

import pytest

from otn_studio.blocks.elements.picture import Picture
from otn_studio.blocks.message.send_message import SendMessage
from otn_studio.exchange import formats
from otn_studio.exchange.report import Fate
from otn_studio.flow.json_text import Unreadable
from otn_studio.flow.project import Project
from otn_studio.flow.writing import to_text
from tests.builders import a_flow, say

FLOW = a_flow({"hi": say("Hi")})


def read(flow=FLOW, here=()):
    content = to_text(flow).encode()
    assert formats.recognised(content) is formats.OWN
    return formats.OWN.read(content, Project.of(*here))


def fates(imported) -> dict[str, Fate]:
    return {item.where: item.fate for item in imported.items}


def test_it_comes_in_as_it_is_with_all_its_parts():
    found = read()
    assert found.flows == found.new == (FLOW,)
    parts = {f"/topics/{id}" for id in FLOW.topics} | {f"/fields/{id}" for id in FLOW.fields}
    assert parts
    assert fates(found) == dict.fromkeys({"", "/blocks/hi", *parts}, Fate.CREATED)


def test_what_is_here_is_matched_and_what_has_changed_takes_its_place():
    again = read(here=[FLOW])
    assert again.new == ()
    assert set(fates(again).values()) == {Fate.MATCHED}
    changed = replace(FLOW, name="Another name")
    found = read(changed, here=[FLOW])
    assert found.new == (changed,)
    assert fates(found)[""] is Fate.CHANGED


def test_a_topic_that_another_flow_brings_is_matched():
    found = fates(read(here=[replace(FLOW, id="other")]))
    assert {found[f"/topics/{id}"] for id in FLOW.topics} == {Fate.MATCHED}
    assert found["/blocks/hi"] is Fate.CREATED


def test_files_that_lie_beside_it_are_told():
    shown = SendMessage(elements=[Picture(id="m1", url="shoe.png")])
    [item] = [one for one in read(a_flow({"hi": shown})).items if one.fate is Fate.CHANGED]
    assert (item.name, "Copy it" in str(item.why)) == ("shoe.png", True)


def test_the_words_of_another_format_in_it_lead_nobody_astray():
    content = to_text(a_flow({"hi": say('"groups" "edges" "steps"')})).encode()
    assert formats.recognised(content) is formats.OWN


@pytest.mark.parametrize("change", [{"version": 999}, {"blocks": []}, {"more": 1}])
def test_one_that_is_broken_is_refused(change):
    content = json.dumps(json.loads(to_text(FLOW)) | change).encode()
    with pytest.raises(Unreadable):
        formats.OWN.read(content)
