"""The webhook events, in Messenger's exact shapes.

Source: Messenger Platform webhook references: ``messages``, ``messaging_postbacks``,
``messaging_optins``, ``messaging_referrals``, ``message_reactions``, ``message_deliveries``,
``message_reads``, ``message_echoes``, ``messaging_handovers``.
"""

from dataclasses import dataclass
from datetime import datetime

from otn_studio.emulator.clock import milliseconds
from otn_studio.emulator.contents import Message
from otn_studio.emulator.habits import Habits
from otn_studio.emulator.subscriptions import Subscription
from otn_studio.policy.media import Medium

Event = dict
"""One element of ``entry[].messaging[]``, or of ``entry[].changes[]``."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The conversation of one person with the Page, seen from the webhooks."""

    page_id: str
    psid: str

    def message(self, at: datetime, mid: str, text: str, payload: str | None = None) -> Event:
        """Written words, or the title of a quick reply together with its payload."""
        chosen = {} if payload is None else {"quick_reply": {"payload": payload}}
        return self._from_person(at, message={"mid": mid, "text": text} | chosen)

    def postback(
        self, at: datetime, mid: str, title: str, payload: str, ref: str | None = None
    ) -> Event:
        """A tap on a button, or the start of a conversation, with the link that led to it."""
        postback = {"mid": mid, "title": title, "payload": payload}
        if ref is not None:
            postback["referral"] = _referral(ref)
        return self._from_person(at, postback=postback)

    def referral(self, at: datetime, ref: str) -> Event:
        """An m.me link, opened by someone who already has a conversation."""
        return self._from_person(at, referral=_referral(ref))

    def opt_in(self, at: datetime, payload: str, token: str) -> Event:
        """A tap on *Notify Me*. It carries neither the card's title nor the token's expiry."""
        optin = {"type": "one_time_notif_req", "payload": payload, "one_time_notif_token": token}
        return self._from_person(at, optin=optin)

    def lasting_opt_in(
        self, at: datetime, given: Subscription, habits: Habits, status: str | None = None
    ) -> Event:
        """A yes to a recurring topic, or what became of it since. It carries the token's end."""
        optin = {
            "type": "notification_messages",
            "payload": given.card.payload,
            "notification_messages_token": given.token,
            "notification_messages_frequency": habits.written_frequency(given.card.frequency),
            "token_expiry_timestamp": habits.written_expiry(given.permission.expires_at),
            "user_token_status": given.token_status,
            "notification_messages_timezone": given.permission.zone.key,
            "notification_messages_status": status and habits.written_status(status),
            "title": given.card.title,
        }
        present = {name: value for name, value in optin.items() if value is not None}
        return self._from_person(at, optin=present)

    def reaction(self, at: datetime, mid: str, reaction: str, emoji: str) -> Event:
        """A reaction to the message ``mid``."""
        return self._from_person(
            at, reaction={"mid": mid, "action": "react", "reaction": reaction, "emoji": emoji}
        )

    def echo(self, at: datetime, mid: str, message: Message, app_id: str) -> Event:
        """What the Page sent, told back to it: sender and recipient are swapped."""
        echo = {"mid": mid, "is_echo": True, "app_id": int(app_id)} | message.content.echoed()
        if message.metadata is not None:
            echo["metadata"] = message.metadata
        return {
            "sender": {"id": self.page_id},
            "recipient": {"id": self.psid},
            "timestamp": milliseconds(at),
            "message": echo,
        }

    def delivery(self, at: datetime, mid: str) -> Event:
        """The message has reached the phone. Messenger gives this event no ``timestamp``."""
        return {
            "sender": {"id": self.psid},
            "recipient": {"id": self.page_id},
            "delivery": {"mids": [mid], "watermark": milliseconds(at)},
        }

    def read(self, at: datetime) -> Event:
        """The person has seen all that came until then."""
        return self._from_person(at, read={"watermark": milliseconds(at)})

    def sent(self, at: datetime, mid: str, medium: Medium, url: str) -> Event:
        """A picture or the like that the person sends."""
        attachment = {"type": medium.value, "payload": {"url": url}}
        return self._from_person(at, message={"mid": mid, "attachments": [attachment]})

    def passed(self, at: datetime, before: str, now: str) -> Event:
        """Another app has passed the conversation on to the Page's."""
        owners = {"previous_owner_app_id": before, "new_owner_app_id": now}
        return self._from_person(at, pass_thread_control=owners)

    def taken(self, at: datetime, before: str) -> Event:
        """Another app has taken the conversation from the Page's."""
        return self._from_person(at, take_thread_control={"previous_owner_app_id": before})

    def wanted(self, at: datetime, by: str) -> Event:
        """Another app asks the Page's to pass the conversation on."""
        return self._from_person(at, request_thread_control={"requested_owner_app_id": by})

    def _from_person(self, at: datetime, **what: dict) -> Event:
        return {
            "sender": {"id": self.psid},
            "recipient": {"id": self.page_id},
            "timestamp": milliseconds(at),
            **what,
        }


def _referral(ref: str) -> dict:
    return {"ref": ref, "source": "SHORTLINK", "type": "OPEN_THREAD"}
