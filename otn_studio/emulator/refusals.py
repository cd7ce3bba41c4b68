"""Every refusal of the Send API that an engine may meet, by its name: ``"10/2018278"``, ``"190"``.

Source: Messenger Platform, "Error codes"; Graph API, "Handling errors".
"""

from collections.abc import Mapping
from typing import Final

from otn_studio.emulator.errors import GraphError, Problem

_OUTSIDE: Final = "This message is sent outside of allowed window."
_ATTACHMENT: Final = "Upload attachment failure."
_RESTRICTED: Final = "The Page is restricted from sending messages."
_TOO_MANY: Final = "Calls to this api have exceeded the rate limit."
_AWAY: Final = "This person isn't available right now."
PAGE_RESTRICTED: Final = "10/1893063"
_OTHER_APP: Final = "Another app is controlling this thread now."

_TABLE: Final[Mapping[str, tuple[str, int]]] = {
    "10/2018278": (_OUTSIDE, 400),
    "10/2534022": (_OUTSIDE, 400),
    "10/2018065": (_OUTSIDE, 400),
    "4/2018354": ("This token was used too recently to send another message.", 400),
    "9/2018352": ("The limit of opt-in requests to this person is reached.", 400),
    "10/1893015": ("The person has stopped notifications of this topic.", 400),
    "10/1404170": (_RESTRICTED, 400),
    PAGE_RESTRICTED: (_RESTRICTED, 400),
    "613/1893016": ("The person was sent a request with this title in the last 7 days.", 400),
    "100": ("Invalid parameter", 400),
    "100/2018001": ("No matching user found", 400),
    "100/2018008": (_ATTACHMENT, 400),
    "100/2018047": (_ATTACHMENT, 400),
    "100/2018074": ("Invalid attachment id.", 400),
    "551": (_AWAY, 400),
    "551/1545041": (_AWAY, 400),
    "200/1545041": (_AWAY, 400),
    "4": ("Application request limit reached", 400),
    "32": ("Page request limit reached", 400),
    "613": (_TOO_MANY, 429),
    "613/2018338": (_TOO_MANY, 400),
    "613/2534040": (_TOO_MANY, 400),
    "80006": ("There have been too many calls to this Messenger account.", 400),
    "1200": ("Temporary send message failure. Please try again later.", 400),
    "2": ("Service temporarily unavailable", 500),
    "-1": ("An unexpected error has occurred. Please retry your request later.", 500),
    "190": ("Error validating access token: Session has expired.", 400),
    "10/2018300": (_OTHER_APP, 400),
    "10/2018321": (_OTHER_APP, 400),
}
NAMES: Final = tuple(_TABLE)


def refusal(name: str, *, in_ok: bool = False) -> GraphError:
    """The refusal of that name. ``in_ok``: its body comes in an answer that says 200."""
    message, status = _TABLE[name]
    code, _, subcode = name.partition("/")
    return GraphError(
        int(code),
        message,
        subcode=int(subcode) if subcode else None,
        status=200 if in_ok else status,
    )


def check_names(names: object) -> None:
    """Refuse what is no list of such names, in one sentence."""
    if not isinstance(names, list | tuple):
        raise Problem("refusals must be a list of names such as 10/2018278.")
    for name in names:
        if name not in _TABLE:
            raise Problem(f"There is no refusal named {name}. There are {', '.join(NAMES)}.")
