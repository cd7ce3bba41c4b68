"""Settings from the environment: ``OTN_STUDIO_DATABASE_URL`` and so on."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from otn_studio.blocks.duration import Duration
from otn_studio.blocks.languages import LANGUAGE_PATTERN
from otn_studio.blocks.words import Problem
from otn_studio.cli.environment import PREFIX
from otn_studio.cli.words import shown
from otn_studio.messenger.graph import DEFAULT_URL
from otn_studio.policy import rates
from otn_studio.policy.profiles import DEFAULT, PROFILES, RequestBudget, Rules
from otn_studio.runtime.api.limits import KEEP_KEYS
from otn_studio.runtime.clock import LOOPBACK
from otn_studio.runtime.conversing.stop_words import STOP_WORDS, as_compared
from otn_studio.runtime.errands.mail import MAIL_PORT, MailServer
from otn_studio.runtime.page import KEEP_EVENTS, Page

PRACTICE = "practice"
"""What stands for the secrets of a Page where there is none."""


def _database_url() -> str:
    return f"sqlite:///{Path(user_data_path('otn-studio', appauthor=False)) / 'otn-studio.db'}"


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("there is no such time zone; an example is Europe/Berlin") from error
    return name


def _known_profile(name: str) -> str:
    if name not in PROFILES:
        raise ValueError(f"there are these: {', '.join(PROFILES)}")
    return name


def _parts(text: Any) -> Any:
    """A list as it is written in the environment: with commas."""
    if not isinstance(text, str):
        return text
    return [part.strip() for part in text.split(",") if part.strip()]


def _budget(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    count, _, length = text.partition(" in ")
    try:
        return RequestBudget(int(count), Duration.read(length).length)
    except ValueError as error:
        raise ValueError("an example is: 3 in 7 days, 5 in 30 days") from error


def _length(text: Any) -> Any:
    return Duration.read(text).length if isinstance(text, str) else text


class Settings(BaseSettings):
    """What the commands need to know of the Page and the machine. Secrets never print."""

    model_config = SettingsConfigDict(env_prefix=PREFIX)

    database_url: str = Field(default_factory=_database_url)
    graph_url: str = DEFAULT_URL
    page_id: str = Field("1", pattern=r"^\d{1,60}$", description="1: none, to practice")
    page_token: SecretStr | None = None
    app_secret: SecretStr | None = None
    verify_token: SecretStr | None = None
    time_zone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    profile: Annotated[str, AfterValidator(_known_profile)] = DEFAULT
    language: str = Field(
        "",
        pattern=rf"^$|{LANGUAGE_PATTERN}",
        description="Of people of whom none is known, such as de or pt_BR",
    )
    country: str = Field("", pattern=r"^([A-Za-z]{2})?$", description="ISO 3166, such as DE")
    request_budgets: Annotated[
        tuple[Annotated[RequestBudget, BeforeValidator(_budget)], ...],
        NoDecode,
        BeforeValidator(_parts),
    ] = ()
    stop_words: Annotated[frozenset[str], NoDecode, BeforeValidator(_parts)] = STOP_WORDS
    keep_events: Annotated[timedelta, BeforeValidator(_length)] = Field(
        KEEP_EVENTS, ge=timedelta(days=30), description="How long timelines reach back"
    )
    quiet_after_colleague: Annotated[timedelta, BeforeValidator(_length)] = Field(
        timedelta(hours=1),
        ge=timedelta(0),
        description="How long the bot is quiet after a colleague’s answer by hand; 0 minutes: not",
    )
    keep_idempotency_keys: Annotated[timedelta, BeforeValidator(_length)] = Field(
        KEEP_KEYS, ge=timedelta(days=1), description="How long a repeated call tells nobody twice"
    )
    human_agent: bool = Field(
        False, description="Whether Messenger lets colleagues answer by hand for 7 days"
    )
    calls_a_second: int = Field(
        rates.CALLS_A_SECOND, ge=1, description="No more than Messenger takes, but to practice"
    )
    mail_server: str = Field(
        "", pattern=r"^([^\s:/]+(:\d{1,5})?)?$", description="Of e-mail to colleagues: HOST:PORT"
    )
    mail_user: str = Field("", description="By whom the mail server knows us")
    mail_from: str = Field("", description="From whom e-mail comes; empty: the mail user")
    updates_url: str | None = Field(
        None, description="What names the newest version; empty: nobody asks"
    )
    send_timeout: float = Field(20.0, gt=0, description="Seconds to wait for Messenger’s answer")

    @property
    def practises(self) -> bool:
        """Whether messages go to an emulator on this computer, which nobody has to be kept from."""
        return urlsplit(self.graph_url).hostname in LOOPBACK

    @property
    def rules(self) -> Rules:
        """Messenger's rules as they apply to the Page."""
        return Rules(
            PROFILES[self.profile],
            ZoneInfo(self.time_zone),
            self.country.upper(),
            self.request_budgets,
        )

    @property
    def page(self) -> Page:
        """The Page with what the engine goes by. Stopping by words can't be switched off."""
        words = frozenset(map(as_compared, self.stop_words)) - {""}
        most = self.calls_a_second if self.practises else rates.CALLS_A_SECOND
        return Page(
            self.page_id,
            self.rules,
            words or STOP_WORDS,
            shown,
            self.quiet_after_colleague,
            min(self.calls_a_second, most),
            self.human_agent,
            self.language,
            self.keep_events,
        )

    @property
    def mail(self) -> MailServer:
        """Where e-mail to colleagues goes to. Its password is a secret of flows."""
        host, _, port = self.mail_server.partition(":")
        return MailServer(host, int(port or MAIL_PORT), self.mail_user, self.mail_from)

    def secret(self, name: str) -> str:
        """The value of a secret; to practice, none has to be set.

        Raises:
            Problem: it is not set.
        """
        value = getattr(self, name)
        if value is not None and value.get_secret_value():
            return value.get_secret_value()
        if self.practises:
            return PRACTICE
        raise Problem(
            "The setting {setting} is missing. Set it in the environment.",
            setting=PREFIX + name.upper(),
        )


def secrets_folder() -> Path | None:
    """Where settings lie as files, such as ``otn_studio_page_token``: as Docker and systemd hand them
    over. What the environment says counts more.

    Raises:
        Problem: there is no such folder.
    """
    named = os.environ.get(PREFIX + "SECRETS") or os.environ.get("CREDENTIALS_DIRECTORY")
    if named and not Path(named).is_dir():
        raise Problem(
            "The setting {setting} can’t be used: there is no folder {folder}.",
            setting=PREFIX + "SECRETS",
            folder=named,
        )
    return Path(named) if named else None


def settings(database: str | None = None) -> Settings:
    """The settings of this process; ``database`` is what the command line says instead.

    Raises:
        Problem: one of them can't be used.
    """
    given = {} if database is None else {"database_url": database}
    try:
        return Settings(_secrets_dir=secrets_folder(), **given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise Problem(
            "The setting {setting} can’t be used: {problem}.",
            setting=PREFIX + str(first["loc"][0]).upper(),
            problem=first["msg"].removeprefix("Value error, "),
        ) from error
