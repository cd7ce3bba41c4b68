"""The names that Messenger gives to people, messages, tokens and traces.

From a seed they come out the same in every run. Without one they are fresh, so that an emulator
that is started anew never gives a message an id that an engine has already seen and would skip.
"""

import random
import string

_LETTERS = string.ascii_letters + string.digits


class Ids:
    """Makes ids in the shapes that Messenger uses. All of them are opaque to the engine."""

    def __init__(self, seed: int | None = None) -> None:
        self._random = random.Random(seed)

    def person(self) -> str:
        """A PSID: digits only."""
        return str(self._random.randrange(10**15, 10**16))

    def message(self) -> str:
        """A ``mid``, by which the engine tells a repeated webhook from a new message."""
        return "m_" + self._letters(40)

    def token(self) -> str:
        """A ``one_time_notif_token`` or a ``notification_messages_token``."""
        return str(self._random.randrange(10**18, 10**19))

    def attachment(self) -> str:
        """An ``attachment_id``."""
        return str(self._random.randrange(10**15, 10**16))

    def trace(self) -> str:
        """An ``fbtrace_id``, which comes with every error."""
        return "A" + self._letters(22)

    def _letters(self, count: int) -> str:
        return "".join(self._random.choices(_LETTERS, k=count))
