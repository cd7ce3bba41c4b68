"""What Messenger's rules may say to a send, for everything that can be true where it stands."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from otn_studio.blocks.effect import Passes, Sends
from otn_studio.checks.proof.state import DAY, EVER, LATE, NOW, Held, Span, State
from otn_studio.flow.document import Topic
from otn_studio.policy import calendar, limits, private_reply, recurring, requests, window
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import Rules
from otn_studio.policy.sending import Refusal

WINDOW = int(window.LENGTH.total_seconds())
YEAR = Span(365 * DAY, 366 * DAY)
"""How long a one-time permission lasts, at the least and at the most."""
_MONTHS = {6: Span(181, 184), 9: Span(273, 276), 12: Span(365, 366)}
"""How many days so many months have, at the least and at the most."""
_CLOCK_CHANGE = 3 * 60 * 60
"""More than any zone moves its clocks at once."""
_FOLLOW_UP_TIME = int(recurring.FOLLOW_UP_TIME.total_seconds())
_SAME_TITLE_PAUSE = int(requests.SAME_TITLE_PAUSE.total_seconds())
ANEW = Span(0, WINDOW)
"""Since the person opened the window at some time while nothing was sent."""
SOMEBODY_ELSES = Held(Span(0, EVER), False, (0, EVER), Span(0, EVER), Span(0, EVER))
"""A lasting permission that came from another thread."""
_REPLY_TIME = int(private_reply.TIME.total_seconds())
_FROM, _TO = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Danger:
    """A refusal that is possible. ``always``: on this way through the flow, whatever the timing.

    ``by_design``: it is the flow's own doing, so that a way out for it does not mend it.
    """

    refusal: Refusal
    always: bool
    by_design: bool = False


def dangers(
    sends: Sends, topic: Topic | None, state: State, rules: Rules, rare: Collection[str] = ()
) -> Iterator[Danger]:
    """All refusals that are possible. ``topic`` is the one whose permission is used, if any.

    Requests with a title that is ``rare`` come once a week at most.
    """
    if sends.topic:
        yield from _by_permission(sends, topic, state.holds(sends.topic), rules)
        return
    if replies(sends, state):
        yield from _as_a_reply(sends, state)
        return
    if state.since.most >= WINDOW:
        yield Danger(Refusal.TOO_LATE, always=state.since.least >= WINDOW)
    asked = dict(state.asked)
    for request in sends.asks:
        if request.recurring and not rules.allow_recurring:
            yield Danger(Refusal.NOT_IN_COUNTRY, always=True, by_design=True)
        elif request.recurring and request.title not in rare:
            before = asked.get(request.title)
            again = before is not None and before.most < _SAME_TITLE_PAUSE and request.title != ""
            yield Danger(Refusal.ASKED_LATELY, always=again)


def replies(sends: Sends, state: State) -> bool:
    """Whether the messages answer a comment, so that the window has no say in it."""
    return state.reply is not None and not sends.topic


def _as_a_reply(sends: Sends, state: State) -> Iterator[Danger]:
    if not sends.single:
        yield Danger(Refusal.NOT_A_REPLY, always=True, by_design=True)
    elif state.reply is not None and state.reply.most >= _REPLY_TIME:
        yield Danger(Refusal.TOO_LATE, always=state.reply.least >= _REPLY_TIME)


def answered(state: State) -> State:
    """What is true once the person has answered, whenever that is."""
    return replace(state.later(0, EVER), since=Span(0, LATE), closed=EVER)


def _by_permission(
    sends: Sends, topic: Topic | None, held: Held | None, rules: Rules
) -> Iterator[Danger]:
    frequency = topic.frequency if topic else None
    if frequency and not rules.allow_recurring:
        yield Danger(Refusal.NOT_IN_COUNTRY, always=True, by_design=True)
    elif held is None:
        yield Danger(Refusal.NO_PERMISSION, always=True)
    elif frequency is None:
        yield from _expired(held, YEAR)
        if held.shared:
            yield Danger(Refusal.NO_PERMISSION, always=False)
    else:
        yield Danger(Refusal.STOPPED, always=False)
        if (lifetime := _lifetime(frequency, rules)) is not None:
            yield from _expired(held, lifetime)
        yield from _too_soon(sends, held, frequency, rules)


def _expired(held: Held, lifetime: Span) -> Iterator[Danger]:
    if held.age.most >= lifetime.least:
        yield Danger(Refusal.EXPIRED, always=held.age.least >= lifetime.most)


def _lifetime(frequency: Frequency, rules: Rules) -> Span | None:
    lasts = rules.profile.lifetimes.get(frequency)
    if lasts is None:
        return None
    days = _MONTHS[lasts.months + 12 * lasts.years]
    return Span(days.least * DAY - _CLOCK_CHANGE, days.most * DAY + _CLOCK_CHANGE)


def _too_soon(sends: Sends, held: Held, frequency: Frequency, rules: Rules) -> Iterator[Danger]:
    if held.last is None:
        return
    shortest, longest = pauses(frequency, rules)
    if held.last.least >= longest:
        return
    if _may_follow(held):
        if sends.longest > limits.FOLLOW_UP_TEXT:
            yield Danger(Refusal.TOO_LONG, always=False, by_design=True)
        return
    always = held.last.most < shortest or _too_many(held, frequency, rules)
    yield Danger(Refusal.TOO_SOON, always, by_design=held.uses[0] > 0)


def _may_follow(held: Held) -> bool:
    """Whether it certainly is the second or third message after the yes, if it is not the first."""
    if not held.new or held.first is None:
        return False
    return held.uses[1] < recurring.FOLLOW_UPS and held.first.most < _FOLLOW_UP_TIME


def _too_many(held: Held, frequency: Frequency, rules: Rules) -> bool:
    """Whether there are more messages than windows that they could possibly fall into."""
    if held.first is None or rules.profile.pause is not None:
        return False
    shortest_window = _window_lengths(frequency, rules.zone).least
    return held.uses[0] + 1 > held.first.most // shortest_window + 2


def pauses(frequency: Frequency, rules: Rules) -> tuple[int, int]:
    """After less than the first, a message never may follow; after the second, it always may."""
    if rules.profile.pause is not None:
        seconds = int(rules.profile.pause.total_seconds())
        return seconds, seconds
    return 0, _window_lengths(frequency, rules.zone).most


@lru_cache(maxsize=64)
def _window_lengths(frequency: Frequency, zone: ZoneInfo) -> Span:
    """The shortest and the longest window of a zone in the years that matter, in seconds."""
    begins = calendar.next_window(_FROM, frequency, zone)
    lengths = set()
    while begins < _TO:
        following = calendar.next_window(begins, frequency, zone)
        lengths.add(following - begins)
        begins = following
    in_seconds = [int(length / timedelta(seconds=1)) for length in lengths]
    return Span(min(in_seconds), max(in_seconds))


def after_sending(sends: Sends, topic: Topic | None, state: State, rules: Rules) -> State | None:
    """What is true once the messages have gone out; none: they can't have.

    Where the window was over on this way, the person has opened it anew meanwhile.
    """
    if replies(sends, state):
        return replace(state, reply=None) if sends.single else None
    recurring_topic = topic is not None and topic.frequency is not None
    if not rules.allow_recurring and (recurring_topic or any(a.recurring for a in sends.asks)):
        return None
    if not sends.topic:
        state = _while_open(state)
    for request in sends.asks:
        if request.recurring:
            state = state.with_asked(request.title)
    if not sends.topic:
        return state
    if not recurring_topic:
        return state.with_held(sends.topic, None)
    return state.with_held(sends.topic, _used(state.holds(sends.topic) or SOMEBODY_ELSES))


def seen(state: State, passes: Passes, port: str) -> State | None:
    """What is true past a way out that depends on the moment; none: it can't be taken then."""
    if (is_open := passes.window.get(port)) is not None:
        if not is_open and state.since.most < WINDOW:
            return None
        state = _while_open(state) if is_open else _while_over(state)
    topic = passes.holds.get(port, "")
    if topic and state.holds(topic) is None:
        state = state.with_held(topic, replace(SOMEBODY_ELSES, last=None, shared=True))
    return state


def _while_open(state: State) -> State:
    """Where the window was over on this way, the person has opened it anew meanwhile."""
    since = state.since if state.since.least < WINDOW else ANEW
    most = min(since.most, WINDOW - 1, state.closed)
    return replace(state, since=Span(min(since.least, most), most))


def _while_over(state: State) -> State:
    return replace(state, since=Span(max(state.since.least, WINDOW), state.since.most), closed=0)


def waited_its_turn(state: State, topic: Topic | None, id: str, rules: Rules) -> State:
    """What is true once a permission may be used again, as far as its frequency goes."""
    held = state.holds(id)
    if topic is None or topic.frequency is None or held is None:
        return state
    longest = pauses(topic.frequency, rules)[1]
    later = state.later(0, longest)
    held = later.holds(id)
    new = held.new and held.uses[1] == 0
    return later.with_held(id, replace(held, new=new, uses=(0, held.uses[1]), last=None))


def after_refusal(sends: Sends, state: State, found: Collection[Danger]) -> dict[str, State]:
    """What is true after one of the refusals that were found, by the way out that is taken."""
    can_be_refused = any(danger.refusal is not Refusal.TOO_LATE for danger in found)
    if replies(sends, state):
        ways = {sends.could_not_send: can_be_refused or sends.may_be_empty}
        ways[sends.too_late] = len(found) > can_be_refused
        return {port: replace(state, reply=None) for port, may_be in ways.items() if may_be}
    refused = {}
    if can_be_refused or sends.may_be_empty:
        left = state.with_held(sends.topic, None) if sends.topic else state
        refused[sends.could_not_send] = left
    if not sends.topic and state.since.most >= WINDOW:
        refused[sends.too_late] = _while_over(state)
    return refused


def _used(held: Held) -> Held:
    uses = (held.uses[0] + 1, held.uses[1] + 1)
    if held.last is None:
        return replace(held, uses=uses, first=NOW, last=NOW)
    if _may_follow(held):
        return replace(held, uses=uses)
    return replace(held, uses=uses, last=NOW)
