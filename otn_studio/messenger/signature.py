"""Whether a webhook comes from Messenger.

Source: Messenger Platform, "Webhooks", ``X-Hub-Signature-256``: an HMAC with the app secret over the
bytes as they came. Messenger signs JSON with escaped unicode, so JSON that was read and written again
no longer fits its signature.
"""

import hashlib
import hmac


def sign(secret: str, body: bytes) -> str:
    """The signature of ``body``, as the header holds it.

    >>> sign("secret", b"{}")[:15]
    'sha256=77325902'
    """
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def is_genuine(secret: str, body: bytes, header: str | None) -> bool:
    """Whether ``header`` signs exactly these bytes.

    An empty secret fits nothing: anybody could sign with it.
    """
    if not secret or header is None:
        return False
    return same(header, sign(secret, body))


def same(theirs: str, ours: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell how much of them is."""
    return hmac.compare_digest(theirs.encode(errors="replace"), ours.encode(errors="replace"))
