"""A Page is connected step by step, with an engine of its own, to an emulated Messenger."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import requests

from otn_studio.blocks.words import Problem
from otn_studio.cli import chosen_page, connected
from otn_studio.cli.ending import next_ending
from otn_studio.cli.page_keys import NAMES, PageKeys
from otn_studio.cli.services.connecting import proposing
from otn_studio.cli.services.connecting.proposing import country_of, proposal
from otn_studio.emulator.client import PersonClient
from otn_studio.messenger.access import NEEDED
from otn_studio.policy.profiles import PROFILES
from otn_studio.runtime.sending.access import SOON
from otn_studio.storage import connections, pages
from otn_studio.storage.connections import Connection
from otn_studio.storage.engine import engines
from otn_studio.storage.pages import Stop
from otn_studio.studio.connecting.store import NotPassed, NotYet, Step
from otn_studio.studio.services.services import Ending
from tests.cli.connecting import BAKERY, CINEMA, WORD, Desk, desk, free_port
from tests.cli.waiting import wait_until
from tests.runtime.far_end import wait_until_all_are_read

__all__ = ["desk"]


def heard(person: PersonClient) -> list[str]:
    return [entry["text"] for entry in person.phone() if entry["from"] == "page"]


def test_all_steps_one_after_the_other(desk: Desk):
    row = desk.connect()
    assert row.next_step is Step.MESSAGE
    assert (row.name, row.app_name, row.zone, row.country) == (
        "Bakery",
        "Bot",
        "Europe/Berlin",
        "DE",
    )
    with pytest.raises(NotYet):
        desk.test(Step.MESSAGE, word=WORD)
    ana = desk.person()
    ana.write(WORD.upper())
    desk.messenger.wait_until_idle()
    wait_until_all_are_read(desk.database)
    assert desk.test(Step.MESSAGE, word=WORD).next_step is None
    wait_until(lambda: heard(ana) != [])
    assert "hear each other" in heard(ana)[0]
    health = requests.get(f"{desk.address}/health", timeout=5).json()
    assert health["page"] == BAKERY.id
    assert health["access"]["ends_soon"] is False
    secrets = {BAKERY.access_token, BAKERY.app_secret, row.word}
    kept = [path for path in Path(desk.database.file).parent.rglob("*") if path.is_file()]
    for path in kept:
        for secret in secrets:
            assert secret.encode() not in path.read_bytes(), path
    assert not any(secret in repr(row) for secret in secrets)


def refusal(desk: Desk, step: Step, page_id: str | None = None, **given: str) -> NotPassed:
    with pytest.raises(NotPassed) as problem:
        desk.test(step, page_id, **given)
    return problem.value


def test_a_key_that_is_none(desk: Desk):
    assert "It is empty" not in str(refusal(desk, Step.TOKEN, "", token="  "))
    assert "can’t be an access key" in str(refusal(desk, Step.TOKEN, "", token="schlüssel"))
    refused = refusal(desk, Step.TOKEN, "", token="another-token")
    assert "not copied whole" in str(refused)
    assert refused.details.startswith("190")
    assert "another-token" not in refused.details
    assert [row.id for row in desk.pages.all()] == ["1"]


def test_what_is_pasted_may_have_spaces_and_line_breaks(desk: Desk):
    row = desk.test(Step.TOKEN, "", token=' "bakery-\n token" ')
    assert (row.id, row.next_step) == (BAKERY.id, Step.SECRET)
    assert PageKeys(BAKERY.id).get("page_token") == "bakery-token"
    assert len(row.word) > 20


def test_a_new_page_begins_with_the_address_of_the_others(desk: Desk):
    with desk.database.writing() as connection:
        connections.keep(connection, CINEMA.id, Connection("Cinema", address="https://a.example"))
    assert desk.test(Step.TOKEN, "", token=BAKERY.access_token).address == "https://a.example"


def test_a_key_of_another_page_does_not_renew_this_one(desk: Desk):
    with desk.database.writing() as connection:
        connections.keep(connection, CINEMA.id, Connection("Cinema"))
    refused = refusal(desk, Step.TOKEN, CINEMA.id, token=BAKERY.access_token)
    assert "for “Bakery”, and not for “Cinema”" in str(refused)


def test_the_secret_of_another_app(desk: Desk):
    desk.connect(until=Step.SECRET)
    assert "secret of the app “Bot”" in str(refusal(desk, Step.SECRET, secret="other"))
    assert "secret of the app “Bot”" in str(refusal(desk, Step.SECRET, secret=""))
    assert PageKeys(BAKERY.id).get("app_secret") is None


@pytest.mark.parametrize("missing", NEEDED)
def test_permissions_that_are_missing(desk: Desk, missing):
    desk.connect(until=Step.PERMISSIONS)
    change(desk, scopes=[scope for scope in NEEDED if scope != missing])
    refused = refusal(desk, Step.PERMISSIONS)
    assert refused.details == missing
    assert missing in str(refused)


def change(desk: Desk, **access: object) -> None:
    requests.post(f"{desk.messenger_url}/emulator/access", json=access, timeout=5)


def test_addresses_that_can_not_be(desk: Desk, monkeypatch):
    desk.connect(until=Step.ADDRESS)
    assert "is no address" in str(refusal(desk, Step.ADDRESS, address=""))
    assert "is no address" in str(refusal(desk, Step.ADDRESS, address="my bot"))
    assert "is no address" in str(refusal(desk, Step.ADDRESS, address="ftp://bot.example"))
    outside = "http://bot.shop.example"
    assert "begin with https://" in str(refusal(desk, Step.ADDRESS, address=outside))
    nobody = f"http://127.0.0.1:{free_port()}"
    assert "Nobody answers" in str(refusal(desk, Step.ADDRESS, address=nobody))
    elsewhere = str(refusal(desk, Step.ADDRESS, address=desk.messenger_url))
    assert desk.pages.engine_address in elsewhere


def test_an_address_has_to_be_verified_again_once_it_has_changed(desk: Desk):
    desk.connect()
    row = desk.test(Step.ADDRESS, address=f"{desk.address}/webhook/")
    assert row.next_step is Step.MESSAGE, "it is the same"
    row = desk.test(Step.ADDRESS, address=desk.address.replace("127.0.0.1", "localhost"))
    assert row.next_step is Step.VERIFICATION
    refused = refusal(desk, Step.VERIFICATION, how="check")
    assert f"another address: {desk.address}/webhook" in str(refused)
    assert desk.test(Step.VERIFICATION, how="enter").next_step is Step.MESSAGE


def test_nobody_has_entered_the_address_yet(desk: Desk):
    desk.connect(until=Step.VERIFICATION)
    assert "hold no address yet" in str(refusal(desk, Step.VERIFICATION, how="check"))


def test_rules_that_can_not_be(desk: Desk):
    desk.connect(until=Step.SECRET)
    given = {"zone": "Berlin", "profile": "rn-2022"}
    assert "no time zone “Berlin”" in str(refusal(desk, Step.RULES, **given))
    assert "Choose the rules" in str(refusal(desk, Step.RULES, zone="UTC", profile="rn-1999"))


def test_what_is_left_goes_on_later(desk: Desk):
    with pytest.raises(Problem, match="not connected any more"):
        desk.test(Step.SECRET, secret="app-secret")
    desk.connect(until=Step.PERMISSIONS)
    later = [row for row in desk.pages.all() if row.id == BAKERY.id]
    assert [row.next_step for row in later] == [Step.PERMISSIONS]


def test_an_end_that_comes_soon_and_a_new_key(desk: Desk):
    soon = datetime.now(UTC) + SOON - timedelta(days=1)
    change(desk, expires_at=int(soon.timestamp()))
    assert next_ending(desk.database, soon) is None
    row = desk.connect(until=Step.PERMISSIONS)
    assert row.ends_soon
    ends = soon.replace(microsecond=0)
    for now, is_over in ((soon - timedelta(days=1), False), (soon + timedelta(days=1), True)):
        assert next_ending(desk.database, now) == Ending("Bakery", ends, is_over)
    assert next_ending(desk.database, soon - SOON - timedelta(days=1)) is None
    with desk.database.writing() as connection:
        pages.set_stop(connection, BAKERY.id, Stop(pages.TOKEN))
    assert "on the Engine page" in desk.pages.all()[1].stopped
    change(desk, expires_at=0)
    row = desk.test(Step.TOKEN, token=BAKERY.access_token)
    assert (row.ends_soon, row.ends_at, row.stopped) == (False, None, "")


def test_a_page_that_is_disconnected_leaves_no_secret(desk: Desk):
    desk.connect(until=Step.VERIFICATION)
    desk.pages.disconnect(BAKERY.id)
    assert [row.id for row in desk.pages.all()] == ["1"]
    assert PageKeys(BAKERY.id).all() == {}
    with pytest.raises(requests.ConnectionError):
        requests.get(f"{desk.address}/health", timeout=5)


def test_two_pages_behind_one_address(desk: Desk, monkeypatch):
    """The second is served by the same process, which is started anew for it."""
    desk.connect()
    for name, value in (("page_token", "x"), ("app_secret", "other"), ("verify_token", "word")):
        PageKeys(CINEMA.id).set(name, value)
    with desk.database.writing() as connection:
        connections.keep(connection, CINEMA.id, Connection("Cinema"))
    desk.engine.serve(CINEMA.id)
    health = requests.get(f"{desk.address}/health", timeout=5).json()
    assert health["pages"].keys() == {BAKERY.id, CINEMA.id}
    assert health["working"]
    with desk.database.reading() as connection:
        served = [engines.signed_on(connection, id) for id in (BAKERY.id, CINEMA.id)]
    assert len({row.process_id for row in served}) == 1
    ana = desk.person()
    ana.write(WORD)
    desk.messenger.wait_until_idle()
    wait_until_all_are_read(desk.database)
    assert desk.test(Step.MESSAGE, word=WORD).next_step is None


# What the environment says


def test_an_engine_serves_what_the_environment_names_and_else_all_that_can_be(
    desk: Desk, monkeypatch
):
    assert [one.page_id for one in connected.to_serve(desk.database, desk.settings)] == ["1"]
    desk.connect(until=Step.SECRET)
    assert [one.page_id for one in connected.to_serve(desk.database, desk.settings)] == ["1"]
    desk.test(Step.SECRET, secret=BAKERY.app_secret)
    desk.test(Step.RULES, zone="Asia/Tokyo", country="JP", profile="rn-2025")
    (found,) = connected.to_serve(desk.database, desk.settings)
    assert (found.page_id, found.time_zone, found.profile) == (BAKERY.id, "Asia/Tokyo", "rn-2025")
    assert found.secret("page_token") == BAKERY.access_token
    named = desk.settings.model_copy(update={"page_id": BAKERY.id, "time_zone": "UTC"})
    (found,) = connected.to_serve(desk.database, named)
    assert (found.time_zone, found.country) == ("UTC", "JP")


def test_a_process_that_only_reads_serves_pages_whose_secrets_it_does_not_know(desk: Desk):
    desk.connect(until=Step.SECRET)
    needs = {"page_token", "app_secret"}
    assert [one.page_id for one in connected.to_serve(desk.database, desk.settings, needs)] == ["1"]
    (found,) = connected.to_serve(desk.database, desk.settings, ())
    assert found.page_id == BAKERY.id


# What is proposed


@pytest.mark.parametrize(
    ("today", "profile"),
    [
        (date(2020, 1, 1), "rn-2022"),
        (date(2024, 1, 1), "rn-2023"),
        (date(2025, 9, 1), "rn-2025"),
        (date(2026, 11, 23), "retired-2026"),
    ],
)
def test_rules_are_proposed_by_the_day(monkeypatch, today, profile):
    monkeypatch.setenv("TZ", "Europe/Lisbon")
    found = proposal(Connection(), today)
    assert (found.zone, found.country, found.profile) == ("Europe/Lisbon", "PT", profile)
    assert found.profile in PROFILES


def fails() -> None:
    raise LookupError


@pytest.mark.parametrize(
    ("asked", "found"),
    [(lambda: ZoneInfo("Asia/Tokyo"), ("Asia/Tokyo", "JP")), (fails, ("UTC", ""))],
    ids=["known", "unknown"],
)
def test_where_no_file_names_the_zone_the_system_is_asked(monkeypatch, tmp_path, asked, found):
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(proposing, "_HERE", tmp_path / "localtime")
    monkeypatch.setattr(proposing, "get_localzone", asked)
    proposed = proposal(Connection(), date(2026, 11, 23))
    assert (proposed.zone, proposed.country) == found


def test_what_was_chosen_stays(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Lisbon")
    kept = Connection(zone="Asia/Tokyo", profile="rn-2022")
    found = proposal(kept, date(2026, 11, 23))
    assert (found.zone, found.country, found.profile) == ("Asia/Tokyo", "JP", "rn-2022")
    assert country_of("UTC") == country_of("Etc/UTC") == ""


# Commands for one of several Pages


@pytest.fixture
def pages_of_two(desk: Desk):
    for page in (BAKERY, CINEMA):
        for name in NAMES:
            PageKeys(page.id).set(name, "known")
        with desk.database.writing() as connection:
            connections.keep(connection, page.id, Connection(page.name, zone="Asia/Tokyo"))


def test_a_command_is_for_the_page_that_is_named(desk: Desk, pages_of_two, otn):
    assert otn("topics", "add", "Bread", "--page", "bakery")[0] == 0
    assert otn("topics", "add", "Films", "--page", CINEMA.id)[0] == 0
    assert "Bread" in otn("topics", "list", "--page", BAKERY.id)[1]
    assert "Bread" not in otn("topics", "list", "--page", "Cinema")[1]
    code, _, complained = otn("topics", "list", "--page", "Butcher")
    assert code == 2
    assert "Bakery (4711), Cinema (4712)" in complained


def test_without_a_name_it_is_for_the_one_that_the_studio_works_for(desk, pages_of_two, otn):
    assert "Bread" not in otn("topics", "list")[1]
    chosen_page.choose(BAKERY.id)
    assert otn("topics", "add", "Bread")[0] == 0
    found = chosen_page.chosen(desk.database, desk.settings)
    assert (found.page_id, found.time_zone) == (BAKERY.id, "Asia/Tokyo")
    assert chosen_page.name(desk.database, BAKERY.id, "Your Page") == "Bakery"
    PageKeys(BAKERY.id).forget()
    assert chosen_page.chosen(desk.database, desk.settings).page_id == "1", "it can't be served"


def test_two_pages_of_one_name_are_told_by_their_numbers(desk: Desk, pages_of_two, otn):
    with desk.database.writing() as connection:
        connections.keep(connection, CINEMA.id, Connection("BAKERY"))
    code, _, complained = otn("topics", "list", "--page", "Bakery")
    assert code == 2
    assert "Give the Page’s number" in complained


def test_pages_are_listed_and_checked(desk: Desk, otn):
    assert "No Page is connected" in otn("pages", "list")[1]
    assert otn("pages", "check")[0] == 2
    desk.connect()
    assert "Bakery (4711): half connected" in otn("pages", "list")[1]
    code, said, complained = otn("pages", "check", "--page", "Bakery")
    assert (code, complained) == (0, "")
    assert len(said.splitlines()) == 4
    change(desk, scopes=["pages_messaging"])
    code, said, complained = otn("pages", "check", "--page", "Bakery")
    assert code == 1
    assert "pages_manage_metadata" in complained
    assert len(said.splitlines()) == 2
