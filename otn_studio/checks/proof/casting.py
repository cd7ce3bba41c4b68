"""Finding somebody who goes a certain way through the conditions of the flows."""

from collections.abc import Sequence
from datetime import datetime

from otn_studio.blocks.effect import ANYBODY, Passes, Person
from otn_studio.blocks.turn import Go, Turn
from otn_studio.checks.proof.places import Map, Place
from otn_studio.checks.proof.rehearsal import contact_like
from otn_studio.interpreter.changing import changed

TRIES_AT_MOST = 200


def cast(map: Map, steps: Sequence[tuple[Place, str]], at: datetime) -> Person | None:
    """Somebody who goes that way; none, where nobody was found."""
    person, tries = ANYBODY, 0
    reached = _goes_along(map, steps, person, at)
    while reached < len(steps) and tries < TRIES_AT_MOST:
        effect = map.node(steps[reached][0]).effect
        people = effect.people if isinstance(effect, Passes) else ()
        further = [(_goes_along(map, steps, person.but(p), at), person.but(p)) for p in people]
        tries += len(further)
        best = max(further, key=lambda pair: pair[0], default=(reached, person))
        if best[0] <= reached:
            return None
        reached, person = best
    return person if reached == len(steps) else None


def _goes_along(map: Map, steps: Sequence[tuple[Place, str]], person: Person, at: datetime) -> int:
    """How many of the steps somebody goes."""
    contact = contact_like(person)
    for count, (place, port) in enumerate(steps):
        if not isinstance(map.node(place).effect, Passes):
            continue
        block = map.project.flows[place.flow].blocks[place.block]
        step = block.step(Turn(at, contact))
        if step.then != Go(port):
            return count
        for effect in step.effects:
            contact = changed(contact, effect)
    return len(steps)
