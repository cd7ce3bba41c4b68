"""Who the emulated Page is, and the secrets that it shares with the engine."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PageIdentity:
    """The Page that the emulator plays.

    The access token lets the engine call the Graph API, the app secret signs the webhooks, and the
    app id marks the engine's own messages in their echoes. ``human_agent``: its people may answer by
    hand for 7 days. The secrets stay out of ``repr``.
    """

    id: str
    name: str
    access_token: str = field(repr=False)
    app_secret: str = field(repr=False)
    app_id: str
    human_agent: bool = False

    def __post_init__(self) -> None:
        """Messenger's ids are digits, and the echo carries the app id as a number."""
        for what, value in (("Page", self.id), ("app", self.app_id)):
            if not (value.isascii() and value.isdigit()):
                raise ValueError(f"The {what} id must be made of digits, not {value!r}.")
