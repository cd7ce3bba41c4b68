"""The lasting tokens, page by page, and what they are good for, through Meta's own library."""

import json
import sys

from facebook_business.adobjects.page import Page
from facebook_business.api import FacebookAdsApi
from facebook_business.session import FacebookSession

FacebookSession.GRAPH = sys.argv[1]
FacebookAdsApi.init("1517776481860111", "app-secret", "right-token")
page = Page("109876543210")
listed = [dict(one) for one in page.get_notification_message_tokens(params={"limit": 1})]
token = listed[0]["notification_messages_token"]
by_token = {"notification_messages_token": token}
page.create_message(params={"recipient": by_token, "message": {"text": "By permission"}})
page.create_notification_messages_dev_support(
    params={"developer_action": "ENABLE_FOLLOWUP_MESSAGE", "recipient": by_token}
)
page.create_message(params={"recipient": by_token, "message": {"text": "And again"}})
print(json.dumps([one["topic_title"] for one in listed]))
