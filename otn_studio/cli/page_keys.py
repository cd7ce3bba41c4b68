"""What a Page is connected with: its access token, its app's secret, and the word that Messenger asks
us for. They lie in the keyring beside the secrets of flows, where no flow can ask for them.
"""

from typing import Final

from keyring.errors import KeyringError, PasswordDeleteError

from otn_studio.cli.environment import PREFIX
from otn_studio.cli.vault import kept, no_keyring, ring

PAGE_TOKEN: Final = "page_token"
APP_SECRET: Final = "app_secret"
VERIFY_TOKEN: Final = "verify_token"
NAMES: Final = (PAGE_TOKEN, APP_SECRET, VERIFY_TOKEN)
"""As the settings call them."""


class PageKeys:
    """Those of one Page."""

    def __init__(self, page_id: str) -> None:
        self._service = f"OTN Studio, connection of Page {page_id}"

    def get(self, name: str) -> str | None:
        """None where it is not kept, or nobody can get at it."""
        return kept(self._service, name)

    def all(self) -> dict[str, str]:
        """Those that are kept, by their names."""
        found = {name: self.get(name) for name in NAMES}
        return {name: value for name, value in found.items() if value}

    def set(self, name: str, value: str) -> None:
        """Keep one.

        Raises:
            Problem: it can't be kept.
        """
        try:
            ring().set_password(self._service, name, value)
        except KeyringError as problem:
            raise no_keyring(f"{PREFIX}{name.upper()}") from problem

    def forget(self) -> None:
        """Let go of all of them.

        Raises:
            Problem: there is no keyring.
        """
        for name in NAMES:
            try:
                ring().delete_password(self._service, name)
            except PasswordDeleteError:
                continue
            except KeyringError as problem:
                raise no_keyring(f"{PREFIX}{name.upper()}") from problem
