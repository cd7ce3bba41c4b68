"""The tables. Every one carries ``page_id``: one database serves several Pages.

The truth about a conversation is here and nowhere else: what came (`webhook`, then `event`), who
waits to be served (`lane`), what is to happen later (`timer`), what was asked for and may be used
(`permission`), and every message with its state (`send`).
"""

from otn_studio.storage.tables.base import Id, metadata
from otn_studio.storage.tables.engine import (
    engine_process,
    errand,
    event,
    lane,
    lease,
    timer,
    webhook,
)
from otn_studio.storage.tables.insights import (
    block_figure,
    counted,
    figure,
    passage,
    reach,
    way_figure,
)
from otn_studio.storage.tables.pages import api_key, flow_version, page
from otn_studio.storage.tables.people import contact, contact_word, forgotten, segment
from otn_studio.storage.tables.permissions import permission, topic
from otn_studio.storage.tables.sending import announcement, attachment, recipient, send

__all__ = [
    "Id",
    "announcement",
    "api_key",
    "attachment",
    "block_figure",
    "contact",
    "contact_word",
    "counted",
    "engine_process",
    "errand",
    "event",
    "figure",
    "flow_version",
    "forgotten",
    "lane",
    "lease",
    "metadata",
    "page",
    "passage",
    "permission",
    "reach",
    "recipient",
    "segment",
    "send",
    "timer",
    "topic",
    "way_figure",
    "webhook",
]
