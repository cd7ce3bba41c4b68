"""How often a permission for a topic may be used, in words."""

from collections.abc import Mapping

from otn_studio.blocks.words import Words
from otn_studio.flow.document import Topic
from otn_studio.policy.calendar import Frequency
from otn_studio.policy.profiles import Profile
from otn_studio.studio.words import _, shown

FREQUENCIES: tuple[Frequency | None, ...] = (None, *Frequency)
"""In the order in which they are offered; a one-time topic has none."""

_NAMES: Mapping[Frequency | None, Words] = {
    None: Words("One-time"),
    Frequency.DAILY: Words("Daily"),
    Frequency.WEEKLY: Words("Weekly"),
    Frequency.MONTHLY: Words("Monthly"),
}
_EXPLAINED: Mapping[Frequency | None, Words] = {
    None: Words("One yes is good for one message."),
    Frequency.DAILY: Words("One yes is good for one message a day, until people stop it."),
    Frequency.WEEKLY: Words("One yes is good for one message a week, until people stop it."),
    Frequency.MONTHLY: Words("One yes is good for one message a month, until people stop it."),
}
_TO_CREATE: Mapping[Frequency | None, Words] = {
    None: Words("+ Create topic “{name}”"),
    Frequency.DAILY: Words("+ Create daily topic “{name}”"),
    Frequency.WEEKLY: Words("+ Create weekly topic “{name}”"),
    Frequency.MONTHLY: Words("+ Create monthly topic “{name}”"),
}


def how_often(frequency: Frequency | None) -> str:
    return shown(_NAMES[frequency])


def explained(frequency: Frequency | None) -> str:
    """What one yes is good for."""
    return shown(_EXPLAINED[frequency])


def asked_again(topic: Topic, profile: Profile) -> str:
    """When Messenger itself asks people whether to go on; empty where a yes never ends by the rules."""
    lifetime = profile.lifetimes.get(topic.frequency)
    if lifetime is None:
        return ""
    months = lifetime.years * 12 + lifetime.months
    if topic.asks_again:
        return _("Messenger asks again on the day before the {months} months end.", months=months)
    return _("The yes ends after {months} months, and Messenger does not ask again.", months=months)


def to_create(frequency: Frequency | None, name: str) -> str:
    """An offer to make a topic."""
    return shown(Words(_TO_CREATE[frequency].text, name=name))
