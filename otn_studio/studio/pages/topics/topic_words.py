"""How topics are spoken of: what is wrong with a name, what a deletion costs, when permissions end."""

from collections.abc import Iterable
from datetime import datetime

from otn_studio.blocks.words import Words
from otn_studio.policy import limits
from otn_studio.policy.calendar import Frequency
from otn_studio.studio.pages.figures import days_until
from otn_studio.studio.services.services import SOON, TopicRow
from otn_studio.studio.words import _, shown
from otn_studio.studio.written import day, number


def tidied(name: str) -> str:
    return " ".join(name.split())


def complaint(name: str, others: Iterable[TopicRow]) -> str:
    """What is wrong with a topic's name, in a sentence; empty where nothing is."""
    name = tidied(name)
    if not name:
        return _("A topic needs a name.")
    over = len(name) - limits.TOPIC_NAME
    if over > 0:
        return _(
            "A name has at most {limit} characters. Shorten it by {over}.",
            limit=limits.TOPIC_NAME,
            over=over,
        )
    for other in others:
        if tidied(other.name).casefold() == name.casefold():
            return _("There is a topic “{name}” already. Choose another name.", name=other.name)
    return ""


def ends(row: TopicRow, now: datetime) -> tuple[str, str]:
    """When the first of its permissions ends; and how many end soon, empty where none does.

    Where Messenger asks people to go on, that is told instead of how many end.
    """
    if row.ends_soonest is None:
        return "–", ""
    if not row.ending:
        return day(row.ends_soonest), ""
    when = _when(days_until(row.ends_soonest, now))
    if row.asked:
        return when, _("{people} asked again", people=number(row.asked))
    return when, shown(permissions(row.ending))


def asked_again(rows: Iterable[TopicRow], now: datetime) -> str:
    """Whom Messenger itself asks soon whether to go on, in a sentence; empty where nobody."""
    asked = [row for row in rows if row.asked_next is not None]
    if not asked:
        return ""
    people = sum(row.asked for row in asked)
    return _(
        "Messenger asks {people} person again within {days} days: {when}.",
        plural="Messenger asks {people} people again within {days} days, the first {when}.",
        n=people,
        people=number(people),
        days=SOON.days,
        when=_on(min(row.asked_next for row in asked), now),
    )


def _on(moment: datetime, now: datetime) -> str:
    days = days_until(moment, now)
    return _when(days) if days <= 1 else _("on {day}", day=day(moment))


def _when(days: int) -> str:
    if days <= 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    return _("in {days} days", days=days)


def permissions(count: int) -> Words:
    return Words("{count} permission", plural="{count} permissions", n=count, count=number(count))


def costs_nothing(row: TopicRow) -> bool:
    """Whether nobody would miss it."""
    return not row.held and not row.stopped and not row.flows


def cost(row: TopicRow) -> str:
    """What is lost with a topic, in one sentence."""
    count = row.held + row.stopped
    lost = Words(
        "{count} permission would be lost",
        plural="{count} permissions would be lost",
        n=count,
        count=number(count),
    )
    if not row.flows:
        return _("If you delete “{name}”, {lost}.", name=row.name, lost=lost)
    used = _used_in(row)
    if not count:
        return _("“{name}” is used in {flows}.", name=row.name, flows=used)
    return _("“{name}” is used in {flows}, and {lost}.", name=row.name, flows=used, lost=lost)


def _used_in(row: TopicRow) -> Words:
    first, more = row.flows[0], len(row.flows) - 1
    if not more:
        return Words("the flow “{flow}”", flow=first)
    return Words(
        "“{flow}” and {n} more flow", plural="“{flow}” and {n} more flows", n=more, flow=first
    )


def reach(people: int, frequency: Frequency | None) -> str:
    """To how many an announcement goes, and what it uses up."""
    if not people:
        return _("Nobody who holds a permission can be reached any more.")
    if frequency is not None:
        span = {Frequency.DAILY: _("today"), Frequency.WEEKLY: _("this week")}
        return _(
            "It goes to {people} person, as their one message of {span}.",
            plural="It goes to {people} people, as their one message of {span}.",
            n=people,
            people=number(people),
            span=span.get(frequency, _("this month")),
        )
    return _(
        "It goes to {people} person, and uses up their permission.",
        plural="It goes to {people} people, and uses up one permission of each.",
        n=people,
        people=number(people),
    )


def send_to(people: int) -> str:
    return _(
        "Send to {people} person",
        plural="Send to {people} people",
        n=people,
        people=number(people),
    )


def sent_to(name: str, people: int) -> str:
    """What came of an announcement."""
    if not people:
        return _("Nobody who waits for “{name}” can be reached, so nothing was sent.", name=name)
    return _(
        "Your message about “{name}” goes to {people} person now.",
        plural="Your message about “{name}” goes to {people} people now.",
        n=people,
        name=name,
        people=number(people),
    )
