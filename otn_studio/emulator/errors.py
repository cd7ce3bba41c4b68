"""What the emulator says no with: Messenger's errors to the engine, sentences to its own users.

Source: Messenger Platform, "Error codes". The codes are the platform's; where it documents no
sub-code the answer carries none.
"""

from collections.abc import Mapping
from typing import Final

from otn_studio.policy.sending import CODES, Refusal

_WORDS: Final[Mapping[Refusal, str]] = {
    Refusal.TOO_LATE: "This message is sent outside of allowed window.",
    Refusal.NO_PERMISSION: "The token is invalid or has expired.",
    Refusal.USED: "The token has already been used.",
    Refusal.EXPIRED: "The token is invalid or has expired.",
    Refusal.STOPPED: "The person has stopped notifications of this topic.",
    Refusal.TOO_SOON: "This token was used too recently to send another message.",
    Refusal.TOO_LONG: "The text of a follow-up message is too long.",
    Refusal.NOT_IN_COUNTRY: "Recurring notifications are not available to this Page.",
    Refusal.ASKED_LATELY: "The person was sent a request with this title in the last 7 days.",
    Refusal.NOT_A_REPLY: "This can't be sent as a private reply.",
    Refusal.REQUEST_LIMIT: "The limit of opt-in requests to this person is reached.",
}
_CODES_OF_SCOPES: Final = {"pages_messaging": 230, "pages_manage_metadata": 200}


class Problem(Exception):
    """What was asked of the emulator can't be done; the message is one clear sentence."""


class GraphError(Exception):
    """A call that Messenger refuses, with the code by which the engine decides what to do. Most of its
    sentences begin with that code.
    """

    kind = "OAuthException"
    begins_with_code = True

    def __init__(
        self, code: int, message: str, *, subcode: int | None = None, status: int = 400
    ) -> None:
        super().__init__(message)
        self.code = code
        self.subcode = subcode
        self.status = status

    def body(self, trace_id: str) -> dict:
        """The error as the Graph API writes it."""
        message = f"(#{self.code}) {self}" if self.begins_with_code else str(self)
        error = {"message": message, "type": self.kind, "code": self.code}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        return {"error": error | {"fbtrace_id": trace_id}}


class NoSuchObject(GraphError):
    """The Graph has nothing there, or nothing that can be asked for in this way."""

    kind = "GraphMethodException"
    begins_with_code = False


class BadToken(GraphError):
    """Source: Messenger Platform, "Error Codes", the example."""

    begins_with_code = False


def bad_parameter(message: str) -> GraphError:
    """Something in the call is wrong, and would be wrong again."""
    return GraphError(100, message)


def bad_access_token() -> GraphError:
    """The access token is missing or is not the Page's."""
    return BadToken(190, "Invalid OAuth access token.")


def scope_missing(scope: str) -> GraphError:
    """The access token was not granted this permission. Which HTTP status comes with it is documented
    nowhere; 403 came with others of its kind, such as in issue 126 of yiisoft/yii2-authclient.
    """
    message = f"Requires {scope} permission to manage the object"
    return GraphError(_CODES_OF_SCOPES[scope], message, status=403)


def no_such_person() -> GraphError:
    """The PSID is nobody's."""
    return GraphError(100, "No matching user found", subcode=2018001)


def bad_attachment() -> GraphError:
    """The number is no file's, or not any more."""
    return GraphError(100, "Invalid attachment id.", subcode=2018074)


def no_such_object(method: str, path: str) -> GraphError:
    """The Graph has nothing at this path. What it says there is as people report it."""
    message = (
        f"Unsupported {method.lower()} request. Object with ID '{path}' does not exist, cannot be"
        " loaded due to missing permissions, or does not support this operation. Please read the Graph"
        " API documentation at https://developers.facebook.com/docs/graph-api"
    )
    return NoSuchObject(100, message, subcode=33)


def refused(refusal: Refusal) -> GraphError:
    """The rules of the platform forbid the message."""
    code, subcode = CODES[refusal]
    return GraphError(code, _WORDS[refusal], subcode=subcode)


def no_tags() -> GraphError:
    return bad_parameter("Message tags are not available to this app.")


def person_not_available() -> GraphError:
    """The person has blocked the Page."""
    return GraphError(551, "This person isn't available right now.", subcode=1545041)


def thread_of_another_app() -> GraphError:
    """The conversation was handed over."""
    return GraphError(10, "Another app is controlling this thread now.", subcode=2018300)


def rate_limited() -> GraphError:
    """Too many calls; the same call may succeed later."""
    message = "Calls to this api have exceeded the rate limit."
    return GraphError(613, message, status=429)


def server_error() -> GraphError:
    """Messenger itself is in trouble; the same call may succeed later."""
    return GraphError(2, "Service temporarily unavailable", status=500)
