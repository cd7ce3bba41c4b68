"""Broadcasts by the command line."""

from datetime import UTC, datetime

import pytest
import requests

from otn_studio.cli.stage import Stage
from otn_studio.flow.audience import About, Audience, How, Rule
from otn_studio.runtime.api import keys
from otn_studio.runtime.page import Page
from otn_studio.storage.people import segments
from tests.cli.test_announce import holders  # noqa: F401  (three people with permissions)
from tests.runtime import far_end

TOPIC = "Blue sneakers"


@pytest.fixture
def broadcast(otn, holders):  # noqa: F811
    return lambda *given: otn("broadcast", *given)


def test_a_text_is_planned_carried_out_and_reported(broadcast, holders):  # noqa: F811
    code, said, _ = broadcast("new", TOPIC, "--text", "They are back", "--yes")
    assert code == 0
    assert said.splitlines()[0] == "3 people can get it now"
    assert "broadcast 1" in said
    assert "Planned     Blue sneakers: They are back" in broadcast("list")[1]
    far_end.carry_out(holders, Page("1"), datetime.now(UTC))
    assert broadcast("report", "1")[1].split("\n") == [
        "Sending",
        "3 people in all",
        "        3  on the way",
        "",
    ]


def test_it_is_asked_first(broadcast, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda _: "n")
    assert broadcast("new", TOPIC, "--text", "They are back")[0] == 1
    assert broadcast("list")[1].startswith("There are no broadcasts yet.")


def test_one_for_later_is_paused_resumed_and_cancelled(broadcast):
    said = broadcast("new", TOPIC, "--text", "Hi", "--at", "2099-01-31 09:00", "--yes")[1]
    assert "can get it then" in said
    assert broadcast("pause", "1")[1].startswith("It is paused.")
    assert "Paused" in broadcast("list")[1]
    assert broadcast("resume", "1")[1] == "It goes on.\n"
    assert "2099-01-31 09:00  Planned" in broadcast("list")[1]
    assert broadcast("cancel", "1")[1].startswith("It is canceled.")
    code, _, complaint = broadcast("resume", "1")
    assert (code, complaint) == (2, "The broadcast was canceled.\n")


def test_a_segment_is_named(broadcast, holders):  # noqa: F811
    with holders.writing() as connection:
        audience = Audience(rules=(Rule(About.TAG, How.YES, "vip"),))
        segments.add(connection, "1", "VIPs", audience, datetime.now(UTC))
    said = broadcast("new", TOPIC, "--text", "Hi", "--segment", "VIPs", "--yes")[1]
    assert said.startswith("0 people can get it now")
    complaint = broadcast("new", TOPIC, "--text", "Hi", "--segment", "none", "--yes")[2]
    assert complaint == "There is no segment “none”.\n"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (("report", "7"), "There is no broadcast 7."),
        (("new", TOPIC, "--text", "Hi", "--at", "soon"), "“soon” is not of the form"),
        (("new", TOPIC, "--text", " ", "--yes"), "The text is empty."),
    ],
)
def test_what_makes_no_sense_is_told(broadcast, given, sentence):
    code, _, complaint = broadcast(*given)
    assert code == 2
    assert complaint.startswith(sentence)


def test_the_engine_serves_the_api_to_the_systems_of_the_shop(tmp_path):
    with Stage(tmp_path, "Kicks & Co") as stage:
        stage.start_engine()
        made = keys.make(stage.database, stage.page_id, "Stock system", stage.now())
        with requests.Session() as session:
            session.trust_env = False
            assert session.get(f"{stage.engine_url}/api", timeout=10).ok
            url, headers = f"{stage.engine_url}/api/announcements/1", {}
            assert session.get(url, timeout=10).status_code == 401
            headers["Authorization"] = f"Bearer {made.key}"
            assert session.get(url, headers=headers, timeout=10).status_code == 404
