"""Which fields a call asks for, such as the id and the picture by ``id,picture.width(200){url}``."""

import re
from collections.abc import Mapping
from typing import Any, Final

_WITHIN: Final = re.compile(r"\{[^{}]*\}|\([^()]*\)")
_DEEP: Final = 8


def picked(known: Mapping[str, Any], params: Mapping[str, Any], usual: str = "") -> dict[str, Any]:
    """What was asked for; of what is not said, the ``usual``, or all. What is not known is left out.

    >>> picked({"id": 1, "name": "Ann", "picture": 2}, {"fields": "picture{url,width},id"})
    {'picture': 2, 'id': 1}
    """
    asked = params.get("fields") or usual
    if not asked:
        return dict(known)
    asked = ",".join(map(str, asked)) if isinstance(asked, list) else str(asked)
    for _ in range(_DEEP):
        asked = _WITHIN.sub("", asked)
    names = [one.strip().partition(".")[0] for one in asked.split(",")]
    return {name: known[name] for name in names if name in known}
