"""Personas: the names and faces under which a Page may write.

Source: Messenger Platform, "Personas API".
"""

from dataclasses import dataclass, field
from typing import Final

from otn_studio.emulator.errors import bad_parameter
from otn_studio.emulator.fields import picked
from otn_studio.emulator.ids import Ids
from otn_studio.emulator.params import Param

_NAME_LENGTH: Final = 100
_URL_LENGTH: Final = 2_083
"""Both ours: Messenger publishes no limit."""


@dataclass(frozen=True, slots=True)
class Persona:
    """One of them."""

    id: str
    name: str
    picture: str

    def shown(self) -> dict:
        """As the Graph API and the phone show it."""
        return {"id": self.id, "name": self.name, "profile_picture_url": self.picture}


@dataclass(slots=True)
class Personas:
    """All of them, by their ids."""

    _known: dict[str, Persona] = field(default_factory=dict)

    def create(self, params: dict, ids: Ids) -> dict:
        """Add one."""
        call = Param(params, "")
        name = call["name"].text(_NAME_LENGTH)
        picture = call["profile_picture_url"].url(_URL_LENGTH)
        persona = Persona(ids.person(), name, picture)
        self._known[persona.id] = persona
        return {"id": persona.id}

    def listed(self, params: dict) -> dict:
        """All of them on one page."""
        return {"data": [picked(persona.shown(), params) for persona in self._known.values()]}

    def knows(self, id: str) -> bool:
        """Whether there is one with that id."""
        return id in self._known

    def get(self, id: str) -> Persona:
        """The one that a message is sent by, or Messenger's error."""
        if id not in self._known:
            raise bad_parameter("Param persona_id is no persona of this Page.")
        return self._known[id]

    def remove(self, id: str) -> dict:
        """Take one away. What it has written stays."""
        self._known.pop(id)
        return {"success": True}
