import subprocess
import sys
from pathlib import Path

import pytest

from otn_studio.cli import studio
from otn_studio.cli.main import VERBS, module
from otn_studio.cli.settings import PRACTICE, settings

SECRETS = {"PAGE_TOKEN": "t", "APP_SECRET": "s", "VERIFY_TOKEN": "v"}


def test_the_help_says_what_there_is(otn, capsys):
    with pytest.raises(SystemExit):
        otn("--help")
    said = capsys.readouterr().out
    for verb in VERBS:
        assert verb in said


def test_without_a_screen_the_studio_says_so(otn, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    code, _, complained = otn()
    assert code == 2
    assert complained.startswith("There is no screen to open the studio on.")


def test_flows_are_given_to_the_studio(otn, monkeypatch):
    opened = []
    monkeypatch.setattr(studio, "run", lambda flows: opened.extend(flows) or 0)
    code, _, _ = otn("one.json", "folder/two.json")
    assert code == 0
    assert opened == [Path("one.json"), Path("folder/two.json")]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(verb, capsys):
    from otn_studio.cli.main import main

    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    assert module(verb).__doc__.splitlines()[0] in " ".join(capsys.readouterr().out.split())


def test_it_runs_as_a_module():
    asked = subprocess.run(
        [sys.executable, "-m", "otn_studio", "--help"], capture_output=True, text=True, check=True
    )
    assert "announce" in asked.stdout


@pytest.mark.parametrize("missing", SECRETS)
def test_the_engine_says_which_setting_is_missing(otn, monkeypatch, missing):
    for name, value in SECRETS.items():
        if name != missing:
            monkeypatch.setenv(f"OTN_STUDIO_{name}", value)
    code, _, complained = otn("engine", "--listen", "127.0.0.1:0")
    assert code == 2
    assert complained == (
        f"The setting OTN_STUDIO_{missing} is missing. Set it in the environment.\n"
    )


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TIME_ZONE", "Mars/Olympus", "no such time zone"),
        ("PROFILE", "rn-1999", "there are these: rn-2022"),
        ("PAGE_ID", "my page", "can’t be used"),
        ("DATABASE_URL", "nonsense", "is not an address of a database"),
        ("SEND_TIMEOUT", "-1", "can’t be used"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(otn, monkeypatch, name, value, sentence):
    monkeypatch.setenv(f"OTN_STUDIO_{name}", value)
    code, _, complained = otn("topics", "list")
    assert code == 2
    assert sentence in complained
    assert complained.count("\n") == 1


def test_a_second_engine_on_the_same_database_is_refused(otn, monkeypatch, tmp_path):
    from filelock import FileLock

    for name, value in SECRETS.items():
        monkeypatch.setenv(f"OTN_STUDIO_{name}", value)
    with FileLock(tmp_path / "cli.db.1.engine"):
        code, _, complained = otn("engine", "--listen", "127.0.0.1:0")
    assert code == 2
    assert "An engine runs with the database" in complained


@pytest.mark.parametrize("address", ["here", "127.0.0.1", "127.0.0.1:99999", ":80"])
def test_an_address_that_is_none_is_refused(otn, monkeypatch, address):
    code, _, complained = otn("engine", "--listen", address)
    assert code == 2
    assert "is not of the form HOST:PORT" in complained


def test_the_emulator_listens_on_this_computer_only(otn, monkeypatch):
    for name, value in SECRETS.items():
        monkeypatch.setenv(f"OTN_STUDIO_{name}", value)
    code, _, complained = otn("emulator", "--listen", "0.0.0.0:0")
    assert code == 2
    assert "only listens on this computer" in complained


def test_to_practise_no_secret_has_to_be_set(monkeypatch):
    monkeypatch.setenv("OTN_STUDIO_GRAPH_URL", "http://127.0.0.1:8041")
    assert settings().secret("page_token") == PRACTICE
    monkeypatch.setenv("OTN_STUDIO_PAGE_TOKEN", "mine")
    assert settings().secret("page_token") == "mine"


def test_secrets_never_print(monkeypatch):
    monkeypatch.setenv("OTN_STUDIO_PAGE_TOKEN", "hunter2")
    assert "hunter2" not in f"{settings()!r} {settings()}"
