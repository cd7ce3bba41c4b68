"""What a person can do on their phone. Each act gives the webhook events that follow from it.

Source: Messenger Platform, "Messaging windows" (what opens the window), "One-Time Notification",
"Quick Replies", "m.me Links", ``messaging_postbacks``.
"""

from otn_studio.emulator.contents import NOTIFY_ME
from otn_studio.emulator.errors import Problem
from otn_studio.emulator.events import Event
from otn_studio.emulator.world import Person, World
from otn_studio.policy import limits
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
    if button.url is not None:
        return _open_page(world, person, button.title, button.url)
    return _post_back(world, person, button.title, button.payload or "", on="button")


def notify_me(world: World, person: Person, index: int | None = None) -> list[Event]:
    """Tap *Notify Me*, at any time later. It gives a token and does not open the window."""
    entry = person.phone.card(index)
    at = world.act(person, Action.OPT_IN)
    entry.tapped = True
    token = world.issue_token(person, entry.card.payload, at)
    person.phone.do(at, "tap", {"title": NOTIFY_ME, "on": "opt_in_card", "card": entry.card.title})
    return [person.thread.opt_in(at, entry.card.payload, token)]


def get_started(world: World, person: Person) -> list[Event]:
    """Press *Get Started*. Someone who deletes the conversation is shown it again."""
    return _post_back(world, person, "Get Started", GET_STARTED, on="get_started")


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


def _post_back(
    world: World, person: Person, title: str, payload: str, *, on: str, ref: str | None = None
) -> list[Event]:
    """A button that tells the Page."""
    action = Action.BUTTON if ref is None else Action.LINK
    at, mid = world.act(person, action), world.ids.message()
    link = {} if ref is None else {"ref": ref}
    person.phone.do(at, "tap", {"title": title, "on": on} | link)
    return [person.thread.postback(at, mid, title, payload, ref)]


def _open_page(world: World, person: Person, title: str, url: str) -> list[Event]:
    """A button that opens a web page: the Page hears nothing, and the window stays as it was."""
    person.phone.do(world.moment(person), "tap", {"title": title, "on": "button", "url": url})
    return []
