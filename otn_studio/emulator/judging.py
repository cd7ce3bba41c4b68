"""Whether Messenger lets a message of the Page through, by the rules of `otn_studio.policy`."""

from datetime import datetime

from otn_studio.emulator.asking import OptInCard, RecurringCard
from otn_studio.emulator.errors import bad_parameter, person_not_available, refused
from otn_studio.emulator.people import Person
from otn_studio.emulator.sends import Send
from otn_studio.policy import sending
from otn_studio.policy.profiles import Rules
from otn_studio.policy.sending import Permission, Refusal
from otn_studio.policy.window import Reason


def judge(
    send: Send, person: Person, permission: Permission | None, now: datetime, rules: Rules
) -> None:
    """Raise Messenger's error if it refuses the call. ``permission`` is what the call uses."""
    if person.blocks_page:
        raise person_not_available()
    refusal = _by_permission(send, permission, now, rules) or _in_window(
        send, person, permission, now, rules
    )
    if refusal is not None:
        raise refused(refusal)


def _by_permission(
    send: Send, permission: Permission | None, now: datetime, rules: Rules
) -> Refusal | None:
    if permission is None:
        return None
    length = send.message.length if send.message else 0
    return sending.judge_by_permission(permission, now, rules, length)


def _in_window(
    send: Send, person: Person, permission: Permission | None, now: datetime, rules: Rules
) -> Refusal | None:
    """All but a message by permission needs the window, and a request always does."""
    content = send.message.content if send.message else None
    if isinstance(content, RecurringCard):
        _check_frequency(content, rules)
        return sending.judge_request(person.last_action, content.title, person.asked, now, rules)
    if permission is not None and not isinstance(content, OptInCard):
        return None
    reason = Reason.HUMAN_AGENT if send.by_hand else Reason.RESPONSE
    return sending.judge_in_conversation(person.last_action, now, reason)


def _check_frequency(card: RecurringCard, rules: Rules) -> None:
    """Where the calendar counts, a request has to say which."""
    if card.frequency is None and rules.profile.pause is None:
        raise bad_parameter("The parameter notification_messages_frequency is required.")
