"""The rules of the Page on the command line."""

import pytest

from otn_studio.cli import emulator as command
from otn_studio.cli.main import main
from otn_studio.emulator import page_rules
from otn_studio.policy.profiles import Rules


@pytest.fixture
def known(monkeypatch):
    """The secrets, which have to be said for anything but practice on this computer."""
    for secret in ("PAGE_TOKEN", "APP_SECRET", "VERIFY_TOKEN"):
        monkeypatch.setenv(f"OTN_STUDIO_{secret}", "secret")


@pytest.fixture
def rules_of(monkeypatch):
    """The rules with which the command would start the emulator."""

    def rules_of(*arguments: str) -> dict:
        given: list[Rules] = []
        monkeypatch.setattr(command, "serve", lambda *_, **__: None)
        monkeypatch.setattr(command, "create_app", lambda _, rules, **__: given.append(rules))
        assert main(["emulator", *arguments]) == 0
        return page_rules.shown(given[0])

    return rules_of


def test_they_are_what_the_command_line_says(rules_of):
    chosen = ("--profile", "rn-2025", "--time-zone", "Asia/Tokyo", "--country", "jp")
    assert rules_of(*chosen) == {
        "profile": "rn-2025",
        "time_zone": "Asia/Tokyo",
        "country": "JP",
        "budgets": [],
    }


def test_they_are_the_settings_otherwise(rules_of, monkeypatch):
    monkeypatch.setenv("OTN_STUDIO_PROFILE", "rn-2023")
    monkeypatch.setenv("OTN_STUDIO_TIME_ZONE", "Europe/Berlin")
    rules = rules_of("--country", "DE")
    assert (rules["profile"], rules["time_zone"]) == ("rn-2023", "Europe/Berlin")


@pytest.mark.parametrize(
    ("option", "value", "problem"),
    [
        ("--profile", "rn-1999", "must be one of rn-2022"),
        ("--time-zone", "Mars/Base", "no time zone 'Mars/Base'"),
        ("--country", "Germany", "a code of two letters"),
        ("--retries", "never", "choose from 'quick', 'messenger'"),
    ],
)
def test_what_makes_no_sense_is_said(capsys, option, value, problem):
    with pytest.raises(SystemExit):
        main(["emulator", option, value])
    assert problem in capsys.readouterr().err


def test_who_may_reach_it_and_how_webhooks_come_again(monkeypatch, known):
    told: dict = {}
    monkeypatch.setattr(command, "serve", lambda *_, **how: told.update(how))
    monkeypatch.setattr(command, "create_app", lambda _, **how: told.update(how))
    chosen = ("--to-network", "--name", "bots.test", "--retries", "messenger")
    assert main(["emulator", "--listen", "0.0.0.0:8041", *chosen]) == 0
    assert told["to_network"] is True
    assert (told["names"], told["retries"]) == (["bots.test"], "messenger")


def test_without_being_told_so_it_does_not_listen_to_the_network(capsys, known):
    assert main(["emulator", "--listen", "0.0.0.0:0"]) != 0
    assert "--to-network" in capsys.readouterr().err
