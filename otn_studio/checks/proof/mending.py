"""What the person could do otherwise where a message did not fare as it should, or how long wait."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from otn_studio.blocks.effect import Asks, Sends
from otn_studio.blocks.start.default_reply import DefaultReply
from otn_studio.blocks.story import Act, Given, Moment, React, Resume, SayYes, Stop, Tap, Write
from otn_studio.checks.proof.facts import heard_by
from otn_studio.checks.proof.places import Map
from otn_studio.checks.proof.rehearsal import Sent
from otn_studio.checks.proof.scripts import AT_ONCE, SENT, Beat, Cue, Fates, Scripts
from otn_studio.checks.proof.takes import Production, Take
from otn_studio.policy import calendar, window
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.sending import Refusal

OTHER_HOURS = tuple(timedelta(hours=hours) for hours in (12, 5 * 24, 5 * 24 + 12))
MESSAGES_AT_MOST = 8
TAPS_AT_MOST = 6
SOON = timedelta(minutes=2)
JUST_AFTER = tuple(timedelta(seconds=seconds) for seconds in (1, 30, 59))
SOON_AGAIN = timedelta(hours=1)
PAUSES = tuple(timedelta(hours=hours) for hours in (25, 49, 8 * 24, 32 * 24))
"""Longer than a day, two days, a week and a month."""
YEARS = tuple(timedelta(days=days) for days in (190, 280, 367))
SEASONS = tuple(timedelta(days=days) for days in (61, 122, 183, 244, 305, 400))
"""So many months have not always so many days."""
WITHOUT_PERMISSION = frozenset({Refusal.NO_PERMISSION, Refusal.USED, Refusal.EXPIRED})
COMES_TOO_SOON = frozenset({Refusal.TOO_SOON, Refusal.TOO_LONG, Refusal.ASKED_LATELY})


class Mending:
    """Knows what can be done otherwise in one project."""

    def __init__(self, map: Map, scripts: Scripts) -> None:
        self._map = map
        self._scripts = scripts
        begun = [(place, map.start(place)) for place, _ in map.starts()]
        answers_all = any(isinstance(start, DefaultReply) for _, start in begun)
        listens = any(heard_by(node.effect) for node in map.nodes.values())
        self._openings: tuple[Act, ...] = (Write(),)
        if answers_all or listens:
            self._openings = (React(), Write()) if answers_all else (Write(), React())

    def of(self, take: Take) -> Iterator[Production]:
        """Productions in which the message that was at fault may fare better."""
        fault = take.fault
        if fault is None:
            yield from _later_yes(take)
            yield from self._long_since_open(take)
            yield from _at_other_hours(take)
            return
        cue = take.production.beats[take.stopped_at]
        assert isinstance(cue, Cue)
        wanted, got = cue.fates, fault.refusal
        if got is Refusal.TOO_LATE:
            for opening in self._openings:
                yield from _doing_before(take, fault, opening)
        elif Refusal.TOO_LATE in wanted:
            yield from _later(take, fault)
        elif got is not Refusal.NOT_IN_COUNTRY:
            yield from self._with_permission(take, fault, wanted)

    def _with_permission(self, take: Take, fault: Sent, wanted: Fates) -> Iterator[Production]:
        """The window is as it should be; what the person says yes to, stops and wants again is not."""
        got = fault.refusal
        if Refusal.STOPPED in wanted and fault.topic:
            yield from _doing_before(take, fault, Stop(fault.topic))
        if Refusal.EXPIRED in {*wanted, got}:
            for season in SEASONS:
                yield replace(take.production, begins_at=take.production.around + season)
        if got in WITHOUT_PERMISSION and fault.topic:
            yield from _doing_before(take, fault, Given(fault.topic))
            yield from _doing_first(take, Given(fault.topic))
        elif got is Refusal.STOPPED:
            yield from _doing_before(take, fault, Resume(fault.topic))
        elif got in COMES_TOO_SOON:
            yield from self._aligned(take, fault.topic, [fault])
            yield from _paused(take, PAUSES)
        elif got is None:
            yield from self._refused(take, fault, wanted)

    def _refused(self, take: Take, fault: Sent, wanted: Fates) -> Iterator[Production]:
        """The message went out, and should not have."""
        if Refusal.ASKED_LATELY in wanted:
            yield from self._tapped_again(take)
            for asked in self._asks(fault):
                for script in self._scripts.asked(asked.title):
                    yield _after(take, script.beats)
        if Refusal.TOO_SOON in wanted:
            yield from self._aligned(take, fault.topic, take.rehearsal.sent)
        yield from _twice(take)
        if wanted & WITHOUT_PERMISSION:
            yield from _paused(take, PAUSES + YEARS)

    def _tapped_again(self, take: Take) -> Iterator[Production]:
        """The message once more, by what there is to tap once it is out."""
        end, beats = take.stopped_at, take.production.beats
        cue = beats[end]
        assert isinstance(cue, Cue)
        first = replace(cue, fates=SENT)
        for way, _ in take.rehearsal.tappable()[:TAPS_AT_MOST]:
            tap = Moment(AT_ONCE, self._scripts.tap(*way))
            yield take.production.with_beats((*beats[:end], first, tap, *beats[end:]))

    def _long_since_open(self, take: Take) -> Iterator[Production]:
        """What was to come did not: begin when the window was opened before, and is just over."""
        if len(take.moments) == 1:
            first, *rest = take.production.beats
            assert isinstance(first, Moment)
            for opening in self._openings:
                opened = Moment(AT_ONCE, opening)
                later = replace(first, pause=window.LENGTH + SOON)
                yield take.production.with_beats((opened, later, *rest))

    def _asks(self, fault: Sent) -> tuple[Asks, ...]:
        effect = self._map.nodes[fault.flow, fault.block].effect
        return effect.asks if isinstance(effect, Sends) else ()

    def _aligned(self, take: Take, topic: str, sent: Sequence[Sent]) -> Iterator[Production]:
        """Begin so that one of these messages comes just after a window has begun, or just before."""
        known = self._map.project.topic(topic)
        if known is None or known.frequency is None:
            return
        production = take.production
        by_topic = [message for message in sent if message.topic == topic]
        for message in by_topic[:MESSAGES_AT_MOST]:
            since = message.at - production.begins_at
            for begins in self._window_starts(known.frequency, production.around):
                for shift in (AT_ONCE, -AT_ONCE):
                    yield replace(production, begins_at=begins + shift - since)

    def _window_starts(self, frequency: Frequency, around: datetime) -> tuple[datetime, datetime]:
        """Where some window begins, and where the longest one of the next years does."""
        zone = self._map.project.rules.zone
        starts = [calendar.next_window(around, frequency, zone)]
        while starts[-1] < around + timedelta(days=500):
            starts.append(calendar.next_window(starts[-1], frequency, zone))
        return starts[0], max(pairwise(starts), key=lambda pair: pair[1] - pair[0])[0]


def _doing_before(take: Take, fault: Sent, act: Act) -> Iterator[Production]:
    """Do something just before the message, or before the act that it follows at once."""
    at = fault.at - AT_ONCE
    if at > take.acted_at:
        yield _doing(take, act, at)
    elif len(take.moments) > 1:
        last, beats = _acts(take)[-1], take.production.beats
        yield take.production.with_beats((*beats[:last], Moment(AT_ONCE, act), *beats[last:]))


def _doing(take: Take, act: Act, at: datetime, instead_of: int | None = None) -> Production:
    """Do something at that time, and not where it was done so far; the rest stays as it was."""
    beats = take.production.beats
    played = [e for n, e in enumerate(zip(take.times, beats, strict=False)) if n != instead_of]
    before = [(time, beat) for time, beat in played if time <= at]
    acted = [time for time, beat in before if isinstance(beat, Moment)]
    moment = Moment(at - acted[-1] if acted else AT_ONCE, act)
    after = list(_sooner(played[len(before) :], at))
    changed = (*(beat for _, beat in before), moment, *after, *beats[take.stopped_at :])
    return take.production.with_beats(changed)


def _sooner(played: list[tuple[datetime, Beat]], since: datetime) -> Iterator[Beat]:
    """What was played, where the pause before the first act begins only now."""
    waits = True
    for time, beat in played:
        if waits and isinstance(beat, Moment):
            beat, waits = replace(beat, pause=min(beat.pause, time - since)), False
        yield beat


def _doing_first(take: Take, act: Act) -> Iterator[Production]:
    beats = (Moment(AT_ONCE, act), *take.production.beats)
    yield take.production.with_beats(beats)


def _later(take: Take, fault: Sent) -> Iterator[Production]:
    """Let more than a day pass since the person last opened the window."""
    if fault.since is None:
        return
    production = take.production
    just_after = fault.at - production.late + AT_ONCE  # the time of day that it waited for
    yield replace(production, begins_at=production.begins_at + (just_after - take.acted_at))
    for after in JUST_AFTER:
        missing = window.LENGTH - fault.since + after
        for number, place in reversed(list(enumerate(_acts(take)))):
            moment = take.moments[number]
            if isinstance(moment.act, Write | React):
                yield from _opening_sooner(take, fault, place, after)
                break
            if number > 0:
                yield _with_pause(take, place, moment.pause + missing)
            if isinstance(moment.act, Tap):
                break


def _opening_sooner(take: Take, fault: Sent, place: int, after: timedelta) -> Iterator[Production]:
    """Open the window so much sooner, if need be before the act before, which then comes later."""
    beats = take.production.beats
    at = fault.at - window.LENGTH - after
    sooner = [number for number in _acts(take) if number < place]
    if sooner and at > take.times[sooner[0]]:
        yield _doing(take, beats[place].act, at, instead_of=place)
    elif sooner:
        last = sooner[-1]
        pause = window.LENGTH + after - (fault.at - take.times[last])
        rest = (*beats[last + 1 : place], *beats[place + 1 :])
        for opening in (beats[place].act, Write()):  # before anything was sent, nobody reacts
            changed = (Moment(AT_ONCE, opening), replace(beats[last], pause=pause))
            yield take.production.with_beats((*beats[:last], *changed, *rest))


def _at_other_hours(take: Take) -> Iterator[Production]:
    """Begin in the evening, and at the end of the week."""
    for shift in OTHER_HOURS:
        yield replace(take.production, begins_at=take.production.around + shift)


def _later_yes(take: Take) -> Iterator[Production]:
    """Say yes only when the permission from before has ended: until then it begins nothing."""
    if take.moments and isinstance(take.moments[-1].act, SayYes):
        for pause in YEARS:
            yield _with_pause(take, _acts(take)[-1], pause)


def _paused(take: Take, pauses: tuple[timedelta, ...]) -> Iterator[Production]:
    """Wait longer before something that the person does."""
    for place in _acts(take)[:0:-1]:
        for pause in pauses:
            yield _with_pause(take, place, pause)


def _with_pause(take: Take, place: int, pause: timedelta) -> Production:
    beats = take.production.beats
    moment = beats[place]
    assert isinstance(moment, Moment)
    changed = (*beats[:place], replace(moment, pause=pause), *beats[place + 1 :])
    return replace(take.production, beats=changed)


def _twice(take: Take) -> Iterator[Production]:
    """The same once more, from each act on: one after the other, and side by side."""
    end, beats = take.stopped_at, take.production.beats
    cue = beats[end]
    assert isinstance(cue, Cue)
    first = replace(cue, fates=SENT)
    for place in _acts(take)[::-1]:
        for pause in (AT_ONCE, SOON_AGAIN):
            once_more = _from(beats[place:], pause)
            yield take.production.with_beats((*beats[:end], first, *once_more))
    for act in _acts(take)[::-1]:
        both = (*beats[: act + 1], beats[act], *beats[act + 1 : end], first, *beats[end:])
        yield take.production.with_beats(both)


def _after(take: Take, before: tuple[Beat, ...]) -> Production:
    """All of it soon after something else."""
    beats = (*before, *_from(take.production.beats, SOON_AGAIN))
    return replace(take.production, beats=beats)


def _from(beats: tuple[Beat, ...], pause: timedelta) -> tuple[Beat, ...]:
    """The same, after a pause."""
    first = beats[0]
    assert isinstance(first, Moment)
    return (replace(first, pause=pause), *beats[1:])


def _acts(take: Take) -> list[int]:
    """Where in the script the acts are that were done."""
    beats = take.production.beats[: take.stopped_at]
    return [place for place, beat in enumerate(beats) if isinstance(beat, Moment)]
