"""How people, filters and permissions are spoken of."""

from datetime import datetime

from otn_studio.blocks.field import TYPE_WORDS, kept
from otn_studio.flow.audience import About, How, Rule
from otn_studio.policy import window
from otn_studio.studio.pages.figures import days_until, past
from otn_studio.studio.services.people import Known, Permission, Person, PersonRow, Status
from otn_studio.studio.words import _
from otn_studio.studio.written import day, number, time

NONE = "–"


def fitting(typed: str, key: str, known: Known) -> str | None:
    """What was typed as a field keeps it; none where it does not fit."""
    field = known.fields.get(key)
    return typed if field is None else kept(typed, field.type, known.zone)


def has_to_be(key: str, known: Known) -> str:
    """What a field takes, in a sentence."""
    field = known.fields[key]
    return _("“{field}” has to be {what}.", field=field.name, what=TYPE_WORDS[field.type])


def name(row: PersonRow) -> str:
    """What they are called; who has told no name is called by their number."""
    return row.name or _("No name, {id}", id=row.person_id)


def people(count: int) -> str:
    return _("{count} person", plural="{count} people", n=count, count=number(count))


def answered(at: datetime | None, now: datetime) -> str:
    return past(at, now) if at is not None else NONE


def can_be_answered(row: PersonRow, now: datetime) -> bool:
    return row.reachable and window.is_open(row.last_action, now)


def row_tip(row: PersonRow, column: str, now: datetime) -> str | None:
    match column:
        case "NAME" if not row.reachable:
            return _("Can’t be reached: they blocked the Page or left")
        case "NAME":
            return row.person_id
        case "TAGS":
            return ", ".join(row.tags) or None
        case "TOPICS":
            return ", ".join(row.topics) or None
        case "ANSWERED" if can_be_answered(row, now) and row.last_action is not None:
            return _(
                "Can be answered until {when}", when=soon(window.ends_at(row.last_action), now)
            )
    return None


def soon(at: datetime, now: datetime) -> str:
    """When something will be: with the time while that matters."""
    match days_until(at, now):
        case 0:
            return _("today {time}", time=time(at))
        case 1:
            return _("tomorrow {time}", time=time(at))
        case _others:
            return day(at)


def may_write(person: Person, now: datetime) -> tuple[str, bool]:
    """Whether somebody can be written to by hand now, in a sentence."""
    if not person.row.reachable:
        return _("They can’t be reached: they blocked the Page or left."), False
    if person.window_ends is not None and now < person.window_ends:
        return _("They can be answered until {when}.", when=soon(person.window_ends, now)), True
    if person.by_hand_ends is not None and now < person.by_hand_ends:
        until = soon(person.by_hand_ends, now)
        return _("You can answer by hand until {when}; the bot can’t any more.", when=until), True
    return _("They wrote too long ago. They can be answered again once they write."), False


def of_rule(rule: Rule, known: Known) -> str:
    """A filter in a few words."""
    what = _named(rule, known)
    match rule.about, rule.how:
        case About.TAG, How.YES:
            return _("Tag: {tag}", tag=what)
        case About.TAG, _how:
            return _("Without tag: {tag}", tag=what)
        case About.FIELD, how:
            return _field(what, how, rule.value)
        case About.TOPIC, How.YES:
            return _("Permission: {topic}", topic=what)
        case About.TOPIC, _how:
            return _("No permission: {topic}", topic=what)
        case About.WINDOW, How.YES:
            return _("Can be answered now")
        case About.WINDOW, _how:
            return _("Can’t be answered now")
        case About.LANGUAGE, How.IS:
            return _("Language: {language}", language=rule.value)
        case About.LANGUAGE, _how:
            return _("Not in language: {language}", language=rule.value)
        case About.REACHABLE, How.YES:
            return _("Can be reached")
        case About.REACHABLE, _how:
            return _("Can’t be reached")
    return _days(rule.about, rule.how, int(rule.value))


def _field(name: str, how: How, value: str) -> str:
    match how:
        case How.IS:
            return _("{field} is “{value}”", field=name, value=value)
        case How.IS_NOT:
            return _("{field} is not “{value}”", field=name, value=value)
        case How.MORE:
            return _("{field} more than {value}", field=name, value=value)
        case How.LESS:
            return _("{field} less than {value}", field=name, value=value)
        case How.YES:
            return _("{field} is known", field=name)
    return _("{field} is not known", field=name)


def _days(about: About, how: How, n: int) -> str:
    match about, how:
        case About.ANSWERED, How.WITHIN:
            return _("Answered within {n} day", plural="Answered within {n} days", n=n)
        case About.ANSWERED, _how:
            return _("No answer for {n} day", plural="No answer for {n} days", n=n)
        case About.SEEN, How.WITHIN:
            return _("New within {n} day", plural="New within {n} days", n=n)
    return _("Known for {n} day or more", plural="Known for {n} days or more", n=n)


def _named(rule: Rule, known: Known) -> str:
    match rule.about:
        case About.FIELD if rule.key in known.fields:
            return known.fields[rule.key].name
        case About.TOPIC:
            return known.topics.get(rule.key, rule.key)
    return rule.key


OPPOSITE = {
    How.YES: How.NO,
    How.IS: How.IS_NOT,
    How.MORE: How.LESS,
    How.WITHIN: How.BEFORE,
}
OPPOSITE |= {there: here for here, there in OPPOSITE.items()}


def status(permission: Permission, now: datetime) -> str:
    """What can be done with it, and from when on."""
    match permission.status:
        case Status.USABLE:
            return _("can be used now")
        case Status.WAITS if permission.usable_from is not None:
            return _("can be used from {when} on", when=soon(permission.usable_from, now))
        case Status.TAKEN:
            return _("a message has it just now")
        case Status.USED:
            return _("used")
        case Status.STOPPED:
            return _("stopped")
    return _("ended")


def lasts(permission: Permission) -> str:
    """From when until when."""
    since = day(permission.since)
    if permission.until is None:
        return _("yes on {day}, without end", day=since)
    return _("yes on {day}, until {end}", day=since, end=day(permission.until))
