"""What a person can do on their phone. Each act gives the webhook events that follow from it.

Source: Messenger Platform, "Messaging windows" (what opens the window), "One-Time Notification",
"Recurring Notifications", "Quick Replies", "m.me Links", ``messaging_postbacks``.
"""

from dataclasses import replace
from datetime import datetime

from otn_studio.emulator.asking import OptInCard, RecurringCard
from otn_studio.emulator.comments import change
from otn_studio.emulator.contents import Attachment, Button
from otn_studio.emulator.errors import Problem
from otn_studio.emulator.events import Event
from otn_studio.emulator.people import Person
from otn_studio.emulator.phone import Entry
from otn_studio.emulator.world import World
from otn_studio.policy import limits, recurring
from otn_studio.policy.media import Medium
from otn_studio.policy.window import Action

GET_STARTED = "GET_STARTED"
"""The payload of the button that a new conversation begins with."""

REACTIONS = {
    "like": "\N{THUMBS UP SIGN}",
    "dislike": "\N{THUMBS DOWN SIGN}",
    "love": "\N{HEAVY BLACK HEART}",
    "smile": "\N{SMILING FACE WITH OPEN MOUTH AND SMILING EYES}",
    "wow": "\N{FACE WITH OPEN MOUTH}",
    "sad": "\N{CRYING FACE}",
    "angry": "\N{ANGRY FACE}",
}


def write(world: World, person: Person, text: str) -> list[Event]:
    """Write words to the Page."""
    at, mid = world.act(person, Action.MESSAGE), world.ids.message()
    person.phone.do(at, "text", {"text": text}, mid=mid)
    return [person.thread.message(at, mid, text)]


def comment(world: World, person: Person, post: str, text: str) -> list[Event]:
    """Write below a post of the Page. It is no message, and opens no window."""
    at = world.moment(person)
    written = world.comments.write(world.page.id, post, person.id, at)
    person.phone.do(at, "comment", {"text": text, "post": written.post})
    return [change(written, person.name, text)]


def attach(world: World, person: Person, medium: str, url: str) -> list[Event]:
    """Send a picture, a video, a sound or a file."""
    if medium not in list(Medium):
        raise Problem(f"A person sends one of {', '.join(Medium)}, not {medium!r}.")
    at, mid = world.act(person, Action.MESSAGE), world.ids.message()
    content = Attachment(Medium(medium), url)
    person.phone.do(at, content.kind, content.shown(), mid=mid)
    return [person.thread.sent(at, mid, Medium(medium), url)]


def read(world: World, person: Person) -> list[Event]:
    """Look at what the Page has written. The Page is told once, and the window stays as it is."""
    if person.blocks_page or (until := person.phone.unread_since()) is None:
        return []
    person.phone.read_until = until
    return [person.thread.read(max(until, world.moment(person)))]


def tap(world: World, person: Person, choice: str) -> list[Event]:
    """Tap what shows ``choice`` as its title, or carries it as its payload.

    A quick reply that still shows comes first, then the newest button.
    """
    if reply := person.phone.quick_reply(choice):
        at, mid = world.act(person, Action.QUICK_REPLY), world.ids.message()
        person.phone.do(at, "tap", {"title": reply.title, "on": "quick_reply"}, mid=mid)
        return [person.thread.message(at, mid, reply.title, reply.payload)]
    button = person.phone.button(choice)
    if button is None:
        raise Problem(f"There is nothing on the phone to tap that says {choice!r}.")
    if button.payload is None:
        return _leave(world, person, button)
    return _post_back(world, person, button.title, button.payload, on="button")


def notify_me(world: World, person: Person, index: int | None = None) -> list[Event]:
    """Tap the button of an opt-in card of either kind, such as *Notify Me*, at any time later.

    It gives a token and does not open the window.
    """
    entry = person.phone.card(index)
    at = _tap_card(world, person, entry)
    return [_opted_in(world, person, entry.content, at)]


def go_on(world: World, person: Person, index: int | None = None) -> list[Event]:
    """Tap *Continue messages* on a card by which Messenger asks whether a topic shall go on."""
    entry = person.phone.reoptin_card(index)
    subscription = world.subscriptions.get(entry.content.token)
    if subscription is None or not recurring.is_alive(subscription.permission, world.clock.now()):
        raise Problem(f"The permission for {entry.content.title!r} has ended.")
    at = _tap_card(world, person, entry)
    return [person.thread.lasting_opt_in(at, world.renew(subscription, at), world.habits)]


def stop(world: World, person: Person, title: str) -> list[Event]:
    """Stop the messages of a recurring topic, in Messenger's own settings."""
    return _switch(world, person, title, stopped=True)


def resume(world: World, person: Person, title: str) -> list[Event]:
    """Let the messages of a stopped topic come again."""
    return _switch(world, person, title, stopped=False)


def get_started(world: World, person: Person) -> list[Event]:
    """Press *Get Started*. Someone who deletes the conversation is shown it again."""
    return _post_back(world, person, "Get Started", GET_STARTED, on="get_started")


def choose(world: World, person: Person, title: str) -> list[Event]:
    """Tap an entry of the Page's menu, or a question of those that a new conversation begins with."""
    choices = world.profile.choices(person)
    found = next((choice for choice in choices if choice.title == title), None)
    if found is None:
        raise Problem(f"The Page offers nothing that says {title!r}.")
    return _post_back(world, person, found.title, found.payload, on=found.on)


def open_link(world: World, person: Person, ref: str) -> list[Event]:
    """Open an m.me link.

    With a conversation it is a referral; without one it leads to *Get Started*, whose postback
    carries the referral.
    """
    if len(ref) > limits.LINK_REF:
        raise Problem(f"The ref of an m.me link has at most {limits.LINK_REF} characters.")
    if not person.has_conversation:
        return _post_back(world, person, "Get Started", GET_STARTED, on="link", ref=ref)
    at = world.act(person, Action.LINK)
    person.phone.do(at, "link", {"ref": ref})
    return [person.thread.referral(at, ref)]


def react(world: World, person: Person, reaction: str = "love") -> list[Event]:
    """React to the newest message of the Page."""
    if reaction not in REACTIONS:
        raise Problem(f"A reaction is one of {', '.join(REACTIONS)}, not {reaction!r}.")
    entry = person.phone.last_from_page()
    at, emoji = world.act(person, Action.REACTION), REACTIONS[reaction]
    person.phone.do(at, "reaction", {"reaction": reaction, "emoji": emoji, "to": entry.mid})
    return [person.thread.reaction(at, entry.mid, reaction, emoji)]


def block(world: World, person: Person) -> list[Event]:
    """Block the Page. Messenger tells the Page nothing: it learns from the next refused send."""
    person.phone.do(world.moment(person), "block", {})
    person.blocks_page = True
    return []


def unblock(world: World, person: Person) -> list[Event]:
    """Let the Page write again. It is told nothing of that either."""
    if not person.blocks_page:
        raise Problem(f"{person.name} has not blocked the Page.")
    person.blocks_page = False
    person.phone.do(world.moment(person), "unblock", {})
    return []


def _tap_card(world: World, person: Person, entry: Entry) -> datetime:
    at, card = world.act(person, Action.OPT_IN), entry.content
    entry.tapped = True
    person.phone.do(at, "tap", {"title": card.button, "on": card.kind, "card": card.title})
    return at


def _opted_in(world: World, person: Person, card: OptInCard | RecurringCard, at: datetime) -> Event:
    if isinstance(card, OptInCard):
        token = world.issue_token(person, card.payload, at)
        return person.thread.opt_in(at, card.payload, token)
    return person.thread.lasting_opt_in(at, world.subscribe(person, card, at), world.habits)


def _switch(world: World, person: Person, title: str, *, stopped: bool) -> list[Event]:
    """A topic of several frequencies has a token for each, and each tells the Page."""
    word = "stop" if stopped else "resume"
    concerned = [
        subscription
        for subscription in world.subscriptions.living(world.clock.now())
        if (subscription.psid, subscription.card.title) == (person.id, title)
        and subscription.permission.stopped is not stopped
    ]
    if not concerned:
        raise Problem(f"{person.name} has no messages titled {title!r} to {word}.")
    at = world.act(person, Action.OPT_IN)
    person.phone.do(at, word, {"title": title})
    for subscription in concerned:
        permission = replace(subscription.permission, stopped=stopped)
        world.subscriptions.note(subscription, permission)
    status = f"{word.upper()} NOTIFICATIONS"
    return [person.thread.lasting_opt_in(at, one, world.habits, status) for one in concerned]


def _post_back(
    world: World, person: Person, title: str, payload: str, *, on: str, ref: str | None = None
) -> list[Event]:
    """A button that tells the Page."""
    action = Action.BUTTON if ref is None else Action.LINK
    at, mid = world.act(person, action), world.ids.message()
    link = {} if ref is None else {"ref": ref}
    person.phone.do(at, "tap", {"title": title, "on": on} | link)
    return [person.thread.postback(at, mid, title, payload, ref)]


def _leave(world: World, person: Person, button: Button) -> list[Event]:
    """A button that opens a web page or calls: the Page hears nothing, and the window stays."""
    aim = {"url": button.url} if button.url is not None else {"phone": button.phone}
    fields = {"title": button.title, "on": "button"} | aim
    person.phone.do(world.moment(person), "tap", fields)
    return []
