"""Secrets of flows: kept in the keyring, asked for by name, and shown nowhere."""

import io
import os
from contextlib import closing
from datetime import UTC, datetime

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, KeyringLocked, PasswordDeleteError

from otn_studio.blocks.actions.http_request import HttpRequest
from otn_studio.blocks.words import Problem
from otn_studio.cli.main import main
from otn_studio.cli.page_keys import PageKeys
from otn_studio.cli.services.secrets import PageSecrets
from otn_studio.cli.strongbox import PASSWORD, Strongbox
from otn_studio.cli.vault import Vault
from otn_studio.flow.project import Project
from otn_studio.runtime.publishing import publish
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.studio.secrets.store import Lock, SecretRow
from tests.builders import started

VALUE = "hush-hush-4711"
NOW = datetime(2026, 11, 23, tzinfo=UTC)


class Ring(KeyringBackend):
    """A keyring that forgets everything when the test ends."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def ring():
    before, ring = keyring.get_keyring(), Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


@pytest.fixture
def box(monkeypatch, tmp_path):
    """A computer without a keyring, and where it keeps secrets then."""
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    file = tmp_path / "secrets.box"
    monkeypatch.setattr("otn_studio.cli.vault.strongbox", lambda: Strongbox(file))
    monkeypatch.delenv(PASSWORD, raising=False)
    yield file
    keyring.set_keyring(before)
    os.environ.pop(PASSWORD, None)


def typed(monkeypatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_a_secret_is_set_and_forgotten(ring, monkeypatch, capsys):
    typed(monkeypatch, f"{VALUE}\n")
    assert main(["secret", "shop_key"]) == 0
    assert Vault("1").value("shop_key") == VALUE
    assert Vault("1").those_set(["shop_key", "other"]) == {"shop_key"}
    assert Vault("2").value("shop_key") is None, "another Page has secrets of its own"
    assert main(["secret", "shop_key", "--forget"]) == 0
    assert Vault("1").value("shop_key") is None
    assert main(["secret", "shop_key", "--forget"]) == 0
    said = capsys.readouterr()
    assert "{{ secret.shop_key }}" in said.out
    assert "There was no such secret." in said.out
    assert VALUE not in said.out + said.err


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("Shop key", VALUE, "“Shop key” can’t be the name of a secret."),
        ("shop_key", " \n", "The secret is empty."),
    ],
)
def test_what_can_not_be_kept_is_said(ring, monkeypatch, capsys, name, value, problem):
    typed(monkeypatch, value)
    assert main(["secret", name]) == 2
    assert problem in capsys.readouterr().err
    assert ring.kept == {}


def test_a_server_hands_secrets_over(ring, monkeypatch, tmp_path):
    (tmp_path / "otn_studio_secret_shop_key").write_text(f"{VALUE}\n", encoding="utf-8")
    monkeypatch.setenv("OTN_STUDIO_SECRETS", str(tmp_path))
    assert Vault("1").value("shop_key") == VALUE
    monkeypatch.setenv("OTN_STUDIO_SECRET_SHOP_KEY", "from the environment")
    assert Vault("1").value("shop_key") == "from the environment"


def test_without_a_keyring_it_is_said_what_to_do(box, monkeypatch, capsys):
    typed(monkeypatch, VALUE)
    assert main(["secret", "shop_key"]) == 2
    assert Vault("1").value("shop_key") is None
    said = capsys.readouterr().err
    assert "OTN_STUDIO_SECRETS_PASSWORD" in said
    assert VALUE not in said


def test_a_keyring_that_is_locked_says_so(ring, monkeypatch, capsys):
    def refuse(*_):
        raise KeyringLocked

    monkeypatch.setattr(ring, "set_password", refuse)
    typed(monkeypatch, VALUE)
    assert main(["secret", "shop_key"]) == 2
    assert "OTN_STUDIO_SECRET_SHOP_KEY" in capsys.readouterr().err


def test_publishing_says_which_secret_is_missing(ring, monkeypatch):
    block = HttpRequest(url="https://shop.example/{{ secret.shop_key }}")
    project = Project.of(started(block))
    assert project.secrets_asked_for() == {"shop_key"}
    assert Vault("1").looked_up(project).secrets == frozenset()
    Vault("1").set("shop_key", VALUE)
    assert Vault("1").looked_up(project).secrets == {"shop_key"}


def test_the_studio_knows_names_and_who_asks_for_them(ring, database, monkeypatch):
    flow = started(HttpRequest(url="https://shop.example/{{ secret.shop_key }}"))
    with closing(Database.open(database)) as base:
        with base.writing() as connection:
            pages.ensure(connection, "1")
        publish(base, "1", Project.of(flow), NOW)
        secrets = PageSecrets(base, "1")
        assert secrets.all() == [SecretRow("shop_key", (flow.name,), is_set=False)]
        secrets.set("shop_key", VALUE)
        secrets.set("stock_key", VALUE)
        monkeypatch.setenv("OTN_STUDIO_SECRET_CHAT", VALUE)
        assert secrets.all() == [
            SecretRow("chat", handed_over=True),
            SecretRow("shop_key", (flow.name,)),
            SecretRow("stock_key"),
        ]
        assert VALUE not in str(secrets.all())
        secrets.delete("stock_key")
        secrets.delete("shop_key")
        assert [row.name for row in secrets.all() if row.is_set] == ["chat"]
        assert VALUE not in "".join(ring.kept.values())


def test_without_a_keyring_a_file_keeps_them_that_a_password_opens(box):
    vault = Vault("1")
    assert vault.lock is Lock.NEW
    with pytest.raises(Problem, match="The secrets are locked"):
        vault.set("shop_key", VALUE)
    with pytest.raises(Problem, match="at least 8 characters"):
        vault.unlock("short")
    vault.unlock("a long password")
    vault.set("shop_key", VALUE)
    vault.set("other", "another")
    assert (vault.value("shop_key"), vault.names()) == (VALUE, {"shop_key", "other"})
    assert Vault("2").value("shop_key") is None
    assert vault.forget("other")
    assert not vault.forget("other")
    assert VALUE not in box.read_text()
    assert box.stat().st_mode & 0o077 == 0
    assert [file.name for file in box.parent.iterdir() if file.suffix == ".new"] == []


def test_the_file_opens_by_its_password_only(box, monkeypatch, tmp_path):
    Vault("1").unlock("a long password")
    Vault("1").set("shop_key", VALUE)
    del os.environ[PASSWORD]
    vault = Vault("1")
    assert (vault.lock, vault.value("shop_key")) == (Lock.LOCKED, None)
    with pytest.raises(Problem, match="That is not the password"):
        vault.unlock("another password")
    assert PASSWORD not in os.environ
    with pytest.raises(Problem, match="The secrets are locked"):
        vault.set("shop_key", "changed")
    (tmp_path / "given").mkdir()
    (tmp_path / "given" / PASSWORD.lower()).write_text("a long password\n")
    monkeypatch.setenv("OTN_STUDIO_SECRETS", str(tmp_path / "given"))
    assert (vault.lock, vault.value("shop_key")) == (Lock.OPEN, VALUE)


def test_a_keyring_that_does_not_answer_is_told_of_once(ring, monkeypatch, caplog):
    class OutOfOrder(KeyringError):
        """A kind of trouble that the log has not told of before."""

    def out_of_order(service, name):
        raise OutOfOrder

    monkeypatch.setattr(ring, "get_password", out_of_order)
    assert PageKeys("1").all() == {}
    assert Vault("1").value("shop_key") is None
    assert caplog.text.count("the system's keyring does not answer: OutOfOrder") == 1
