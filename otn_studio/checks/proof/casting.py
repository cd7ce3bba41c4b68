"""Finding somebody who goes a certain way through the conditions of the flows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from otn_studio.blocks.block import Block
from otn_studio.blocks.effect import ANYBODY, Effect, Fetches, Hears, Passes, Person, Sends, Waits
from otn_studio.blocks.event import Fetched
from otn_studio.blocks.story import Answer, Moment
from otn_studio.blocks.turn import Contact, Go, Heard, PageFacts, Sleep, Step, Turn
from otn_studio.checks.proof.facts import heard_by
from otn_studio.checks.proof.places import Map, Place
from otn_studio.checks.proof.rehearsal import contact_like
from otn_studio.checks.proof.scripts import Beat, Script
from otn_studio.interpreter.changing import changed

TRIES_AT_MOST = 200


def cast(map: Map, steps: Sequence[tuple[Place, str]], at: datetime) -> Person | None:
    """Somebody who goes that way; none, where nobody was found."""
    person, tries = ANYBODY, 0
    reached = _goes_along(map, steps, person, at)
    while reached < len(steps) and tries < TRIES_AT_MOST:
        place, port = steps[reached]
        people = _examples(map.node(place).effect, place, port)
        further = [(_goes_along(map, steps, person.but(p), at), person.but(p)) for p in people]
        tries += len(further)
        best = max(further, key=lambda pair: pair[0], default=(reached, person))
        if best[0] <= reached:
            return None
        reached, person = best
    return person if reached == len(steps) else None


def _examples(effect: Effect, place: Place, port: str) -> tuple[Person, ...]:
    """Somebody who may go on from a block by that way out."""
    match effect:
        case Passes(people=people) | Waits(people=people):
            return people
        case Fetches(outcomes):
            return (Person(outcomes={(place.flow, place.block): outcomes[port]}),)
    return ()


def _goes_along(map: Map, steps: Sequence[tuple[Place, str]], person: Person, at: datetime) -> int:
    """How many of the steps somebody goes."""
    contact = contact_like(person)
    for count, (place, port) in enumerate(steps):
        step = _step(map, place, port, person, contact, at)
        if step is None:
            continue
        if _way(map, place, step) != port:
            return count
        for effect in step.effects:
            contact = changed(contact, effect)
    return len(steps)


def _way(map: Map, place: Place, step: Step) -> str | None:
    """By which way out somebody goes on at once, if they do."""
    match step.then:
        case Go(port, otherwise):
            return otherwise if otherwise and port not in map.node(place).leads else port
    return None


def _step(
    map: Map, place: Place, port: str, person: Person, contact: Contact, at: datetime
) -> Step | None:
    """What a block says for somebody; none, where that hangs on what is not known beforehand."""
    effect = map.node(place).effect
    block = map.project.flows[place.flow].blocks[place.block]
    page = PageFacts(zone=map.project.rules.zone)
    turn = Turn(at, contact, page=page, fields=map.project.flows[place.flow].fields)
    match effect:
        case Passes(ports, momentary=False) if port in ports:
            return block.step(turn)
        case Waits(at_once=at_once) if at_once:
            step = block.step(turn)
            waits = isinstance(step.then, Sleep) and step.then.port == port
            return None if waits else step
        case Fetches():
            outcome = person.outcomes.get((place.flow, place.block))
            return block.told(turn, outcome or Fetched(at, 0, status=200))
        case Hears() | Sends(hears=Hears()):
            hears = heard_by(effect)
            text = answer(block, hears, person, turn)
            return block.told(turn, Heard(text)) if port == hears.answered else None
    return None


def answer(block: Block, hears: Hears, person: Person, turn: Turn) -> str:
    """What somebody answers: what is said of them, if that is taken."""
    wanted = person.fields.get(hears.field)
    taken = wanted is not None and block.told(turn, Heard(wanted)).then == Go(hears.answered)
    return wanted if taken else hears.taken


def with_answers(map: Map, script: Script, person: Person, at: datetime) -> Script:
    """The script in which this person says what they would say."""
    turn = Turn(at, contact_like(person), page=PageFacts(zone=map.project.rules.zone))
    return replace(script, beats=tuple(_beat(map, beat, person, turn) for beat in script.beats))


def _beat(map: Map, beat: Beat, person: Person, turn: Turn) -> Beat:
    if not isinstance(beat, Moment) or not isinstance(beat.act, Answer):
        return beat
    act = beat.act
    block = map.project.flows[act.flow].blocks[act.block]
    hears = heard_by(map.nodes[act.flow, act.block].effect)
    if hears is None or act.text != hears.taken:
        return beat
    return replace(beat, act=replace(act, text=answer(block, hears, person, turn)))
