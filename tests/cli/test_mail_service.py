"""The mail server that the studio keeps, and the engine takes."""

from contextlib import closing

import keyring
import pytest

from otn_studio.blocks.words import Problem
from otn_studio.cli.services.mail import PageMail, mail_server
from otn_studio.cli.settings import settings
from otn_studio.runtime.errands.mail import MailServer
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.studio.services.mailing import MailSettings, WrongSetting
from tests.cli.test_secret import Ring

GIVEN = MailSettings(" smtp.shop.example ", 465, "bot@shop.example", "bot")


@pytest.fixture
def base(database):
    before = keyring.get_keyring()
    keyring.set_keyring(Ring())
    with closing(Database.open(database)) as base:
        with base.writing() as connection:
            pages.ensure(connection, "1")
        yield base
    keyring.set_keyring(before)


def test_what_the_studio_keeps_the_engine_takes_at_once(base):
    mail = PageMail(base, settings())
    assert mail.settings() == MailSettings()
    mail.keep(GIVEN, "hush")
    assert mail.settings() == MailSettings(
        "smtp.shop.example", 465, "bot@shop.example", "bot", True
    )
    server = MailServer("smtp.shop.example", 465, "bot", "bot@shop.example")
    assert mail_server(base, settings()) == server
    with base.reading() as connection:
        assert "hush" not in str(pages.mail(connection, "1"))
    mail.keep(GIVEN, "")
    assert mail.settings().has_password


def test_what_the_environment_says_counts_more(base, monkeypatch):
    PageMail(base, settings()).keep(GIVEN, "")
    monkeypatch.setenv("OTN_STUDIO_MAIL_SERVER", "mail.example:25")
    assert mail_server(base, settings()).host == "mail.example"
    assert PageMail(base, settings()).settings().handed_over


@pytest.mark.parametrize(
    ("given", "wrong", "says"),
    [
        (MailSettings("", 587, "bot@shop.example"), "server", "can’t be the name of a mail server"),
        (MailSettings("https://a.example", 587, "bot@a.example"), "server", "can’t be the name"),
        (MailSettings("smtp.shop.example", 0, "bot@shop.example"), "port", "A port is a number"),
        (MailSettings("smtp.shop.example", 587, "bot"), "sender", "“bot” is no e-mail address."),
    ],
)
def test_what_can_not_be_kept_is_said(base, given, wrong, says):
    mail = PageMail(base, settings())
    with pytest.raises(WrongSetting, match=says) as problem:
        mail.keep(given, "hush")
    assert problem.value.setting == wrong
    assert mail.settings() == MailSettings(), "and nothing of it is kept"


def test_a_test_without_a_server_says_so(base):
    with pytest.raises(Problem, match="No mail server is set"):
        PageMail(base, settings()).test()
