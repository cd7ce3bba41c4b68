"""The mail server, in memory."""

from dataclasses import replace

from otn_studio.blocks.words import Problem
from otn_studio.studio.services.mailing import MailSettings, WrongSetting


class FakeMail:
    """As the real one, but its e-mail reaches nobody."""

    def __init__(self, **settings: object) -> None:
        self.kept = MailSettings(**settings)
        self.passwords: list[str] = []
        self.sent: list[str] = []
        self.problem = ""

    def settings(self) -> MailSettings:
        return self.kept

    def keep(self, settings: MailSettings, password: str) -> None:
        if "@" not in settings.sender:
            raise WrongSetting(
                "“{sender}” is no e-mail address.", setting="sender", sender=settings.sender
            )
        self.passwords += [password] if password else []
        self.kept = replace(settings, has_password=bool(self.passwords))

    def test(self) -> str:
        if self.problem:
            raise Problem(self.problem)
        self.sent.append(self.kept.sender)
        return self.kept.sender
