"""Flows of the formats before 13."""

import json

from otn_studio.exchange.rapidpro import read
from otn_studio.exchange.report import Fate
from otn_studio.flow.project import Project
from tests.exchange.rapidpro.legacies import COLORS, LEGACY
from tests.interpreter.talk import Talk

TRIGGERS = [{"trigger_type": "K", "keyword": "hi", "flow": {"uuid": "colors-flow"}}]


def imported(data=LEGACY):
    return read(json.dumps({**data, "triggers": TRIGGERS}).encode(), Project(), "old")


def a_talk():
    return Talk(*imported().flows).write("hi")


def test_it_talks_as_it_did():
    talk = a_talk()
    assert talk.texts() == ["Hi , which color?"]
    assert talk.write("hm").texts() == ["What?"]
    assert talk.write("Crimson!").texts() == ["Red is nice, CRIMSON!"]
    assert talk.contact.tags == {"Painters"}
    assert talk.contact.fields["color"] == "Crimson!"


def test_who_does_not_answer_is_asked_again():
    assert a_talk().wait(minutes=31).texts()[-1] == "Still there?"


def test_a_test_knows_the_words_of_all_languages():
    talk = a_talk()
    talk.contact = talk.contact.__class__("ann", {"locale": "es"})
    assert talk.write("azul").texts()[-1] == "Blue is nice, AZUL (es)"


def test_every_set_action_and_rule_is_accounted_for():
    told = {item.where for item in imported().items}
    for index, actions in enumerate(COLORS["action_sets"]):
        where = f"/flows/0/action_sets/{index}"
        assert where in told
        assert {f"{where}/actions/{n}" for n, _ in enumerate(actions["actions"])} <= told
    for number, rule in enumerate(COLORS["rule_sets"][0]["rules"]):
        assert f"/flows/0/rule_sets/0/rules/{number}" in told, rule
    assert "/flows/0/metadata/notes/0" in told


def test_flows_that_are_known_by_numbers_find_each_other():
    enter = {"uuid": "go", "flow": {"id": 1234567, "name": "Colors"}, "type": "flow"}
    step = {"uuid": "a", "x": 1, "y": 1, "actions": [enter]}
    main = {"base_language": "eng", "action_sets": [step], "metadata": {"id": 7, "name": "Main"}}
    known = {"metadata": {"id": 1234567, "name": "Colors", "expires": 720}}
    found = imported({"version": 8, "flows": [main, {**COLORS, **known}]})
    first, second = found.flows
    go = next(b for b in first.blocks.values() if b.kind.name == "go_to_flow")
    assert go.flow == second.id


def test_a_single_flow_without_a_container():
    found = read(json.dumps(COLORS).encode(), Project(), "colors")
    assert [flow.name for flow in found.flows] == ["Colors"]
    assert found.items[0].fate is Fate.CREATED
