"""Ways out for trouble: there where something sent may be refused, gone where it can't be."""

from otn_studio.blocks.actions.set_field import SetField
from otn_studio.blocks.field import Field, FieldType
from otn_studio.blocks.logic.wait import Wait
from otn_studio.blocks.words import Words
from otn_studio.flow.changes import Connect, EditBlock
from otn_studio.flow.changes import SetField as Retype
from tests.builders import START, a_flow, say

LATE = a_flow(
    {"start": START, "wait": Wait(for_="2 days"), "say": say(), "sorry": say()},
    "start > wait",
    "wait > say",
)


def shown(stage) -> list[str]:
    return [port.way.port for port in stage.plan.shapes["say"].ports]


def test_too_late_shows_where_it_can_happen_and_is_connected_by_the_mouse(stage):
    here = stage(LATE)
    here.bot.waitUntil(lambda: shown(here) == ["next", "too_late"])
    here.canvas.view.fit()
    here.drag(here.way_out("say", "too_late"), here.middle("sorry"))
    assert here.flow.leads_to("say", "too_late") == "sorry"


def test_it_goes_when_it_can_not_happen_any_more_and_stays_where_it_is_connected(stage):
    here = stage(LATE)
    here.bot.waitUntil(lambda: "too_late" in shown(here))
    here.document.do(EditBlock("wait", Wait(for_="1 hour")), Words("Wait less"))
    here.bot.waitUntil(lambda: "too_late" not in shown(here))
    here.document.undo()
    here.document.do(Connect("say", "too_late", "sorry"), Words("Connect"))
    here.bot.waitUntil(lambda: not [f for f in here.checker.findings if f.block == "say"])
    assert "too_late" in shown(here)


def test_a_value_that_may_not_fit_has_a_way_for_that(stage):
    counts = SetField(field="size", value="{{ contact.wish }}")
    here = stage(a_flow({"start": START, "say": counts}, "start > say"))
    here.bot.waitUntil(lambda: shown(here) == ["next"])
    number = Field("Size", FieldType.NUMBER)
    here.document.do(Retype("size", number), Words("Change what it holds"))
    here.bot.waitUntil(lambda: shown(here) == ["next", "doesnt_fit"])
    here.document.do(EditBlock("say", SetField(field="size", value="42")), Words("Edit"))
    here.bot.waitUntil(lambda: shown(here) == ["next"])
