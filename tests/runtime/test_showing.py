"""What the Page shows before anybody writes is put up when flows are published."""

from dataclasses import replace

import pytest

from otn_studio.blocks.start.get_started import GetStarted
from otn_studio.blocks.start.ice_breaker import IceBreaker
from otn_studio.blocks.start.menu_entry import MenuEntry
from otn_studio.flow.document import Flow
from otn_studio.interpreter.program import Program
from otn_studio.runtime.showing import shown_by
from otn_studio.storage import pages
from tests.interpreter.flows import flow, keyword, says
from tests.runtime.far_end import PAGE

START = {"payload": "GET_STARTED"}
BOTH = ["get_started", "ice_breakers", "persistent_menu"]
TALK, HOURS = MenuEntry(text="Talk to us", place=2), IceBreaker(question="When are you open?")


def shop_flow(*entries: MenuEntry | IceBreaker, id: str = "f") -> Flow:
    blocks = {f"s{number}": entry for number, entry in enumerate(entries)}
    ways = [f"s{number}.next > m" for number in range(len(entries))]
    return flow({**blocks, "m": says(f"Hello from {id}")}, *ways, id=id, name=id)


def wanted(*flows: Flow) -> dict:
    return shown_by(Program(flow.id, 1, flow) for flow in flows)


def titles(written: list[dict]) -> dict[str, list[str]]:
    return {
        one["locale"]: [a.get("title") or a["question"] for a in one["call_to_actions"]]
        for one in written
    }


def test_the_entries_of_all_flows_stand_in_their_order():
    one = shop_flow(TALK, MenuEntry(text="Sizes", place=1), MenuEntry(text=" "))
    other = shop_flow(MenuEntry(text="Returns", place=1), HOURS, id="g")
    profile = wanted(other, one)
    assert profile["get_started"] == START
    assert titles(profile["persistent_menu"]) == {"default": ["Sizes", "Returns", "Talk to us"]}
    assert titles(profile["ice_breakers"]) == {"default": ["When are you open?"]}
    [menu] = profile["persistent_menu"]
    assert menu["call_to_actions"][0] == {
        "type": "postback",
        "title": "Sizes",
        "payload": "otn-start|f|s1",
    }


def test_flows_that_need_nothing_shown_leave_the_page_alone():
    assert wanted(flow({"s": keyword("hi"), "m": says("Hi")}, "s.next > m")) == {}
    started = flow({"s": GetStarted(), "m": says("Hi")}, "s.next > m")
    assert wanted(started) == {"get_started": START}


def test_each_language_has_a_menu_of_its_own():
    spoken = replace(
        shop_flow(TALK, MenuEntry(text="Sizes", place=1)),
        language="en",
        translations={"de": {"s0": {"text": "Sprich mit uns"}}, "pt_BR": {"s1": {"text": "Nº"}}},
    )
    assert titles(wanted(spoken)["persistent_menu"]) == {
        "default": ["Sizes", "Talk to us"],
        "de_DE": ["Sizes", "Sprich mit uns"],
        "pt_BR": ["Nº", "Talk to us"],
    }


def put_up(shop, count: int) -> list[tuple[list[str], tuple[str, ...]]]:
    """What was put up so far, by its parts, once there is so much."""
    shop.wait_until(lambda: len(shop.far_end.profiles) >= count)
    return [(sorted(profile), gone) for profile, gone in shop.far_end.profiles]


def taken(shop) -> bool:
    """Whether the database knows what was put up last."""
    with shop.database.reading() as connection:
        return pages.shown(connection, PAGE) == shop.far_end.profiles[-1][0]


def test_what_is_published_is_put_up_once_and_what_goes_is_taken_away(shop):
    shop.publish(shop_flow(TALK, HOURS))
    assert put_up(shop, 1) == [(BOTH, ())]
    shop.wait_until(lambda: taken(shop))
    shop.publish(flow({"s": keyword("hi"), "m": says("Hi")}, "s.next > m", id="h"))
    shop.publish(shop_flow(HOURS))
    shop.advance(minutes=2)
    assert put_up(shop, 2)[1:] == [(["get_started", "ice_breakers"], ("persistent_menu",))]
    shop.wait_until(lambda: taken(shop))


def test_another_process_does_not_tell_it_again(shop):
    shop.publish(shop_flow(TALK))
    put_up(shop, 1)
    shop.wait_until(lambda: taken(shop))
    shop.engine.stop()
    shop.clock.advance(minutes=10)
    shop.start()
    shop.write("hi")
    shop.publish(shop_flow(TALK, HOURS))
    assert put_up(shop, 2) == [(["get_started", "persistent_menu"], ()), (BOTH, ())]


def test_what_failed_is_tried_again_after_a_while(shop, caplog):
    caplog.set_level("WARNING")
    shop.far_end.takes_profiles = False
    shop.publish(shop_flow(TALK))
    put_up(shop, 1)
    shop.wait_until(lambda: "menu was not put up: Too many calls." in caplog.text)
    shop.far_end.takes_profiles = True
    shop.advance(minutes=2)
    put_up(shop, 2)
    shop.wait_until(lambda: taken(shop))


@pytest.mark.parametrize("block", ["s0", "s1"])
def test_a_tap_starts_that_very_entry_of_that_flow(shop, block):
    shop.publish(shop_flow(TALK, HOURS), shop_flow(TALK, HOURS, id="g"))
    postback = {"title": "x", "payload": f"otn-start|g|{block}"}
    shop.arrives("postback", {"postback": postback})
    assert shop.far_end.texts() == ["Hello from g"]
    shop.arrives("postback", {"postback": {"title": "x", "payload": "otn-start|gone|s0"}})
    assert shop.far_end.texts() == []
