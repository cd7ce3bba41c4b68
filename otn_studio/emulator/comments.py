"""Comments below the Page's posts, and the one message that may answer each.

Source: Messenger Platform, "Private Replies"; Pages, webhook field ``feed``.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from otn_studio.emulator.errors import GraphError, bad_parameter, refused
from otn_studio.policy import private_reply
from otn_studio.policy.sending import Refusal

ANSWERED: Final = 10900
"""The code of a second answer to a comment."""


@dataclass(slots=True)
class Comment:
    """What somebody wrote below a post, and whether it was answered."""

    id: str
    post: str
    person: str
    at: datetime
    is_answered: bool = False


@dataclass(slots=True)
class Comments:
    """All comments, by their ids."""

    known: dict[str, Comment] = field(default_factory=dict)

    def write(self, page: str, post: str, person: str, at: datetime) -> Comment:
        """Note a new one."""
        number = post.rpartition("_")[2]
        id = f"{number}_{len(self.known) + 1}"
        comment = self.known[id] = Comment(id, f"{page}_{number}", person, at)
        return comment

    def judge(self, id: str, now: datetime, is_request: bool) -> Comment:
        """The comment that a message answers, or Messenger's error."""
        comment = self.known.get(id)
        if comment is None:
            raise bad_parameter("Param recipient[comment_id] is no comment on a post of this Page.")
        if comment.is_answered:
            raise GraphError(ANSWERED, "Activity already replied to")
        if is_request:
            raise refused(Refusal.NOT_A_REPLY)
        if now >= private_reply.ends_at(comment.at):
            raise refused(Refusal.TOO_LATE)
        return comment


def change(comment: Comment, name: str, text: str) -> dict:
    """The change that the webhook tells of."""
    return {
        "field": "feed",
        "value": {
            "item": "comment",
            "verb": "add",
            "comment_id": comment.id,
            "post_id": comment.post,
            "parent_id": comment.post,
            "from": {"id": comment.person, "name": name},
            "message": text,
            "created_time": int(comment.at.timestamp()),
        },
    }
