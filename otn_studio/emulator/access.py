"""What the Page's access token allows, and until when.

Source: Graph API, "Debug Token", "Permissions Reference"; what is refused without a permission, and by
which code, is as people report it of the platform.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from otn_studio.emulator.errors import Problem, scope_missing

SCOPES: Final = (
    "pages_messaging",
    "pages_manage_metadata",
    "pages_read_engagement",
    "pages_show_list",
)
_NEEDED: Final = {
    ("POST", "messages"): "pages_messaging",
    ("POST", "message_attachments"): "pages_messaging",
    ("POST", "subscribed_apps"): "pages_manage_metadata",
}
_INSTANTS: Final = ("expires_at", "data_access_expires_at")


@dataclass(frozen=True, slots=True)
class Access:
    """The permissions that were granted. Instants are in seconds; 0: it never ends."""

    scopes: tuple[str, ...] = SCOPES
    expires_at: int = 0
    data_access_expires_at: int = 0

    def shown(self) -> dict[str, Any]:
        return {"scopes": list(self.scopes)} | {name: getattr(self, name) for name in _INSTANTS}

    def check(self, method: str, edge: str) -> None:
        """Raise Messenger's error where it needs a permission that was not granted."""
        scope = _NEEDED.get((method, edge))
        if scope is not None and scope not in self.scopes:
            raise scope_missing(scope)

    def changed(self, wanted: Mapping[str, Any]) -> Self:
        """The same, but for what is wanted otherwise."""
        for name in wanted.keys() - self.shown().keys():
            raise Problem(f"There is no {name!r}; there are scopes and {', '.join(_INSTANTS)}.")
        scopes = wanted.get("scopes", list(self.scopes))
        if not isinstance(scopes, list) or not all(isinstance(one, str) for one in scopes):
            raise Problem("scopes must be a list of names.")
        instants = {name: wanted.get(name, getattr(self, name)) for name in _INSTANTS}
        if not all(type(one) is int and one >= 0 for one in instants.values()):
            raise Problem("Instants must be seconds since 1970, or 0 for never.")
        return replace(self, scopes=tuple(scopes), **instants)
