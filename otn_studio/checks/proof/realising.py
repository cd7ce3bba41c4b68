"""Looking for one person's story that runs into a danger: by trying, not by thinking.

The trace of the exploration says what the person does; how long they take over it, what else they do
meanwhile, and when they begin, is tried out.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property

from otn_studio.blocks.effect import Person, Sends
from otn_studio.blocks.story import Story
from otn_studio.checks.proof.casting import cast, with_answers
from otn_studio.checks.proof.directing import Director
from otn_studio.checks.proof.explore import Explored, Trace
from otn_studio.checks.proof.improvising import Improvised, improvise
from otn_studio.checks.proof.judging import Danger
from otn_studio.checks.proof.mending import Mending
from otn_studio.checks.proof.places import Map, Place
from otn_studio.checks.proof.playing import Budget, Plan, Stage
from otn_studio.checks.proof.scripts import Fates, Script, Scripts
from otn_studio.checks.proof.takes import LATER, MONDAY
from otn_studio.policy.sending import Refusal

WORDS_MATTER = frozenset({Refusal.TOO_LONG, Refusal.ASKED_LATELY})
SAME = frozenset({Refusal.NO_PERMISSION, Refusal.USED})
"""Without a permission, the rules can't know whether there ever was one."""


class Realising:
    """Finds stories in one project."""

    def __init__(self, map: Map, explored: Explored) -> None:
        self._map = map
        self._stage = Stage(map.project, Budget(len(map.nodes)))
        self._scripts = Scripts(map, explored)
        self._director = Director(self._stage, Mending(map, self._scripts))

    def story(self, danger: Danger, trace: Trace) -> tuple[Story, bool] | None:
        """A story that ends in the danger, and whether the person did nothing unusual in it."""
        for script in self._scripts.along(trace, _fates(danger)):
            for person, around in self._people(danger, script, trace.place.flow):
                told = with_answers(self._map, script, person, around)
                take = self._director.successful(told, person, around)
                if take:
                    return take.story(danger.refusal, person), take.production.usual
        return None

    def _people(
        self, danger: Danger, script: Script, flow: str
    ) -> Iterator[tuple[Person, datetime]]:
        """Whom to try it with, and about when: mostly it does not matter."""
        for around in (MONDAY, LATER):
            found = cast(self._map, script.steps, around)
            if found is not None:
                yield from ((p, around) for p in self._speaking(danger, script, flow, found))
                return

    def _speaking(
        self, danger: Danger, script: Script, flow: str, person: Person
    ) -> Iterator[Person]:
        """The person, and where it depends on the words also in each language of the flow."""
        yield person
        if danger.refusal in WORDS_MATTER or self._says_nothing(script):
            for language in self._map.project.flows[flow].translations:
                yield person.but(Person(fields={"locale": language}))

    def _says_nothing(self, script: Script) -> bool:
        """Whether on that way there is a message that is empty for some."""
        for place, port in script.steps:
            effect = self._map.node(place).effect
            if isinstance(effect, Sends) and effect.may_be_empty and port == effect.could_not_send:
                return True
        return False

    def still_true(self, story: Story) -> bool:
        """Whether a story that was told before still ends as it did."""
        plan = Plan(story.moments, story.late, story.begins_at)
        here = (story.flow, story.block, story.refusal, story.ends_at)
        return any(
            (sent.flow, sent.block, sent.refusal, sent.at) == here
            for sent in self._stage.played(plan, story.person)
        )

    def by_accident(self, danger: Danger, place: Place) -> Story | None:
        """A story in which somebody runs into the danger at random."""
        for chance in self._improvised:
            sent = chance.sent
            here = (sent.flow, sent.block) == (place.flow, place.block)
            if here and sent.refusal in _fates(danger):
                return self._told(chance.plan, chance.person, place, danger)
        return None

    @cached_property
    def _improvised(self) -> list[Improvised]:
        return list(improvise(self._map, self._stage, MONDAY))

    def _told(self, plan: Plan, person: Person, place: Place, danger: Danger) -> Story | None:
        """The plan as a story, up to where it runs into the danger; none, if it does not."""
        for sent in self._stage.played(plan, person):
            here = (sent.flow, sent.block) == (place.flow, place.block)
            if here and sent.refusal in _fates(danger):
                return Story(
                    *(plan.begins_at, plan.moments[: sent.acts], plan.late),
                    *(place.flow, place.block, danger.refusal, sent.at, person),
                )
        return None


def _fates(danger: Danger) -> Fates:
    is_gone = danger.refusal in SAME  # used up, stopped by a flow, or never there
    return SAME | {Refusal.STOPPED} if is_gone else frozenset({danger.refusal})
