"""The permissions of the one person of a rehearsal."""

from dataclasses import replace
from datetime import datetime

from otn_studio.flow.project import Project
from otn_studio.policy import one_time, recurring, sending
from otn_studio.policy.sending import Permission, Refusal


class Permissions:
    """By topic, in the order in which they were given."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._held: dict[str, dict[str, Permission]] = {}
        self._number = 0

    @property
    def any(self) -> bool:
        return bool(self._held)

    def all(self) -> list[Permission]:
        """Used, ended and stopped ones as well."""
        return [permission for held in self._held.values() for permission in held.values()]

    def usable(self, now: datetime) -> dict[str, datetime]:
        """The topics for which there is one that can be used, and from when on."""
        rules = self._project.rules
        found = {id: sending.next_use(held.values(), now, rules) for id, held in self._held.items()}
        return {id: at for id, at in found.items() if at is not None}

    def given(self, topic_id: str, now: datetime) -> str:
        """Note a yes. The id of the permission; none, where one from before only lasts longer."""
        held = self._held.setdefault(topic_id, {})
        topic = self._project.topic(topic_id)
        self._number += 1
        id = str(self._number)
        if topic is None or topic.frequency is None:
            held[id] = one_time.Permission(id, topic_id, now, one_time.expires_at(now))
            return id
        ends = recurring.expires_at(now, topic.frequency, self._project.rules)
        for known in held.values():
            if isinstance(known, recurring.Permission) and recurring.is_alive(known, now):
                held[known.id] = recurring.renewed(known, ends)
                return ""
        held[id] = recurring.Permission(id, topic_id, topic.frequency, now, ends)
        return id

    def change(self, topic: str, stopped: bool) -> bool:
        """Stop or resume what lasts; whether there is something."""
        held = self._held.get(topic, {})
        lasting = [p for p in held.values() if isinstance(p, recurring.Permission)]
        held |= {p.id: replace(p, stopped=stopped) for p in lasting}
        return bool(lasting)

    def stop(self, topic: str, now: datetime) -> bool:
        """Stop all that there is, as a flow does; whether there was something."""
        held = self._held.get(topic, {})
        there = sending.next_use(held.values(), now, self._project.rules) is not None
        held |= {id: replace(permission, stopped=True) for id, permission in held.items()}
        return there

    def use(self, topic: str, now: datetime, length: int) -> Refusal | None:
        """Use one for a message of that length; why not, if none can be used."""
        held = self._held.get(topic, {})
        chosen, refusal = sending.choose(held.values(), now, self._project.rules, length)
        match chosen:
            case one_time.Permission():
                held[chosen.id] = replace(chosen, used=True)
            case recurring.Permission():
                held[chosen.id] = recurring.used(chosen, now)
        return refusal
