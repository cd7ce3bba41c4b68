"""With whom one talks: made-up people, and what is known of real ones."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from otn_studio.blocks.field import kept
from otn_studio.blocks.words import Words
from otn_studio.checks.conversations.script import Given
from otn_studio.flow.document import Flow
from otn_studio.policy.profiles import Rules
from otn_studio.studio.phone.people import PEOPLE
from otn_studio.studio.services import people
from otn_studio.studio.services.page_values import ValueRow
from otn_studio.studio.services.people import Status

A_DAY = timedelta(days=1)
USABLE = (Status.USABLE, Status.WAITS)


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to be. ``wrote`` and ``permissions`` say how long ago it was, as in `Given`."""

    label: Words
    fields: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    permissions: Mapping[str, timedelta] = field(default_factory=dict)
    wrote: timedelta | None = None
    is_real: bool = False

    def given(self, now: datetime, rules: Rules, page: Mapping[str, str]) -> Given:
        """What is so when a conversation with them begins."""
        return Given(
            1,
            now.replace(second=0, microsecond=0),
            rules.zone,
            rules.profile.name,
            rules.country,
            self.fields,
            self.tags,
            page,
            self.permissions,
            self.wrote,
        )


def made_up(flow: Flow) -> Iterator[Persona]:
    """People of all kinds that matter to a flow."""
    yield from (Persona(one.words, one.name) for one in PEOPLE)
    ann = Persona(PEOPLE[0].words, PEOPLE[0].name)
    if flow.topics:
        yes = {topic.name: A_DAY for topic in flow.topics.values()}
        label = Words("Ann, who said yes to everything yesterday")
        yield replace(ann, label=label, permissions=yes, wrote=A_DAY)
    for language in flow.translations:
        label = Words("Ann, who speaks {language}", language=language)
        yield replace(ann, label=label, fields={**ann.fields, "locale": language})


def real(person: people.Person, now: datetime) -> Persona:
    """A person of the Page, as they are known now."""
    row = person.row
    return Persona(
        Words("{name}", name=row.name or Words("No name")),
        {key: value for key, _name, value in person.fields if value},
        row.tags,
        {
            one.topic: max(_whole(now - one.since), timedelta(0))
            for one in person.permissions
            if one.status in USABLE
        },
        _whole(now - row.last_action) if row.last_action is not None else None,
        is_real=True,
    )


def of_page(rows: Iterable[ValueRow], zone: tzinfo) -> dict[str, str]:
    """The values of the Page, as flows have them."""
    kept_ones = {row.key: kept(row.value, row.type, zone) for row in rows if row.value}
    return {key: value for key, value in kept_ones.items() if value is not None}


def _whole(time: timedelta) -> timedelta:
    """In whole minutes, as it is written down."""
    return time - time % timedelta(minutes=1)
