"""JSON answers in plain ASCII, as Meta writes them.

What people type may hold halves of characters, which JSON can carry as escapes but UTF-8 can't.
"""

import json

from starlette.responses import JSONResponse


class AsciiJSONResponse(JSONResponse):
    """A JSON answer with everything beyond ASCII escaped."""

    def render(self, content: object) -> bytes:
        """Write ``content`` in the most compact form."""
        return json.dumps(content, separators=(",", ":")).encode("ascii")
