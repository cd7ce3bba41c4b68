"""The mail server by which colleagues are notified, from the Page's database and the keyring."""

import re
import secrets
from dataclasses import replace
from typing import Final

from otn_studio.blocks.actions.notify import is_mailbox
from otn_studio.blocks.words import Words
from otn_studio.cli.settings import Settings
from otn_studio.cli.vault import Vault
from otn_studio.cli.words import shown
from otn_studio.runtime.errands import mail
from otn_studio.runtime.errands.hands import MAIL_PASSWORD
from otn_studio.runtime.errands.mail import MailServer
from otn_studio.storage import pages
from otn_studio.storage.database import Database
from otn_studio.studio.services.mailing import MailSettings, WrongSetting

_HOST: Final = re.compile(r"[^\s:/@]+\.[^\s:/@.]+|localhost")
_MOST: Final = 65_535


def mail_server(database: Database, settings: Settings) -> MailServer:
    """That of the environment, else the one that the studio keeps."""
    if settings.mail.host:
        return settings.mail
    with database.reading() as connection:
        return MailServer(**pages.mail(connection, settings.page_id) or {})


class PageMail:
    """The studio's `Mail`."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._vault = Vault(settings.page_id)

    def settings(self) -> MailSettings:
        server = self._server()
        return MailSettings(
            server.host,
            server.port,
            server.sender,
            server.user,
            self._vault.value(MAIL_PASSWORD) is not None,
            bool(self._settings.mail.host),
        )

    def keep(self, settings: MailSettings, password: str) -> None:
        tidy = replace(
            settings,
            server=settings.server.strip(),
            sender=settings.sender.strip(),
            user=settings.user.strip(),
        )
        _check(tidy)
        if password:
            self._vault.set(MAIL_PASSWORD, password)
        kept = {"host": tidy.server, "port": tidy.port, "user": tidy.user, "sender": tidy.sender}
        with self._database.writing() as connection:
            pages.set_mail(connection, self._settings.page_id, kept)

    def test(self) -> str:
        server = self._server()
        to = server.sender or server.user
        subject = shown(Words("A test from OTN Studio"))
        text = shown(Words("Notify a colleague works: this is how its e-mail arrives."))
        password = self._vault.value(MAIL_PASSWORD) or ""
        mail.deliver(server, password, to, subject, text, secrets.token_hex(8))
        return to

    def _server(self) -> MailServer:
        return mail_server(self._database, self._settings)


def _check(settings: MailSettings) -> None:
    if not _HOST.fullmatch(settings.server):
        raise WrongSetting(
            "“{server}” can’t be the name of a mail server. It is such as smtp.shop.example.",
            setting="server",
            server=settings.server,
        )
    if not 1 <= settings.port <= _MOST:
        raise WrongSetting(
            "A port is a number from 1 to {most}. Mostly it is 587 or 465.",
            setting="port",
            most=_MOST,
        )
    if not is_mailbox(settings.sender):
        raise WrongSetting(
            "“{sender}” is no e-mail address. Write the one from which e-mail is to come.",
            setting="sender",
            sender=settings.sender,
        )
