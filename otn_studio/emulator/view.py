"""All that the emulator's web page shows, in one answer: everybody, and one person's phone."""

from datetime import datetime
from typing import Final

from otn_studio.emulator.people import Person
from otn_studio.emulator.webhooks import Webhooks
from otn_studio.emulator.world import World
from otn_studio.policy import window

AT_MOST: Final = 300


def people(world: World, now: datetime, chosen: Person | None = None) -> list[dict]:
    """Those who came last, in short, and whoever was chosen: of very many a page shows no more."""
    known = list(world.people.values())
    shown = known[-AT_MOST:]
    if chosen is not None and chosen not in shown:
        shown = [chosen, *shown[1:]]
    return [_in_short(person, now) for person in shown]


def phone(world: World, person: Person, now: datetime) -> dict:
    """What one person sees, and may tap."""
    stopped = world.subscriptions.lasting(person.id, now)
    choices = world.profile.choices(person)
    return {
        "entries": [entry.shown() for entry in person.phone.entries],
        "typing": person.phone.shows_typing(now),
        "lasting": [{"title": title, "stopped": so} for title, so in stopped.items()],
        "choices": [choice.title for choice in choices],
    }


def bot(webhooks: Webhooks) -> dict:
    """The bot that is tried, by where its events go."""
    return {
        "url": webhooks.url,
        "fields": list(webhooks.fields),
        "retries": webhooks.retries,
        "waiting": webhooks.waiting,
    }


def whole(world: World, webhooks: Webhooks, psid: str | None, now: datetime) -> dict:
    """The page as it is now. ``psid``: whose phone is looked at, if anybody's."""
    person = world.people.get(psid) if psid else None
    return {
        "page": {"id": world.page.id, "name": world.page.name},
        "people": people(world, now, person),
        "people_in_all": len(world.people),
        "phone": phone(world, person, now) | _around(world, person) if person else None,
        "bot": bot(webhooks),
    }


def _in_short(person: Person, now: datetime) -> dict:
    last = person.last_action
    return {
        "id": person.id,
        "name": person.name,
        "blocked": person.blocks_page,
        "by_hand": bool(person.led_by),
        "asked_for": person.asked_for,
        "unread": person.phone.unread_since() is not None,
        "window_ends": _written(window.ends_at(last)) if last else None,
        "window_open": window.is_open(last, now),
    }


def _around(world: World, person: Person) -> dict:
    """What the phone shows beside the conversation."""
    greetings = world.profile.parts.get("greeting", [])
    usual = [one["text"] for one in greetings if one["locale"] == "default"]
    choices = world.profile.choices(person)
    return {
        "id": person.id,
        "seen_at": _written(person.phone.seen_at) if person.phone.seen_at else None,
        "quick_replies": [reply.title for reply in person.phone.quick_replies()],
        "questions": [choice.title for choice in choices if choice.on == "question"],
        "menu": [choice.title for choice in choices if choice.on == "menu"],
        "greeting": usual[0] if usual else "",
        "is_new": not person.has_conversation,
    }


def _written(instant: datetime) -> str:
    return instant.isoformat(timespec="milliseconds")
