"""Settings from the environment: ``OTN_STUDIO_DATABASE_URL`` and so on."""

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from otn_studio.blocks.words import Problem
from otn_studio.messenger.graph import DEFAULT_URL
from otn_studio.policy.profiles import DEFAULT, PROFILES
from otn_studio.runtime.clock import LOOPBACK

PREFIX = "OTN_STUDIO_"
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


class Settings(BaseSettings):
    """What the commands need to know of the Page and the machine. Secrets never print."""

    model_config = SettingsConfigDict(env_prefix=PREFIX)

    database_url: str = Field(default_factory=_database_url)
    graph_url: str = DEFAULT_URL
    page_id: str = Field("1", pattern=r"^\d{1,60}$", description="1: none, to practise")
    page_token: SecretStr | None = None
    app_secret: SecretStr | None = None
    verify_token: SecretStr | None = None
    time_zone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    profile: Annotated[str, AfterValidator(_known_profile)] = DEFAULT
    send_timeout: float = Field(20.0, gt=0, description="Seconds to wait for Messenger's answer")

    @property
    def practises(self) -> bool:
        """Whether messages go to an emulator on this computer, which nobody has to be kept from."""
        return urlsplit(self.graph_url).hostname in LOOPBACK

    def secret(self, name: str) -> str:
        """The value of a secret; to practise, none has to be set.

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


def settings(database: str | None = None) -> Settings:
    """The settings of this process; ``database`` is what the command line says instead.

    Raises:
        Problem: one of them can't be used.
    """
    given = {} if database is None else {"database_url": database}
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise Problem(
            "The setting {setting} can't be used: {problem}.",
            setting=PREFIX + str(first["loc"][0]).upper(),
            problem=first["msg"].removeprefix("Value error, "),
        ) from error
