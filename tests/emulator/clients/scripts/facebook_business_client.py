"""What Meta's own library can ask of Messenger."""

import json
import sys

from facebook_business.adobjects.page import Page
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

origin, person = sys.argv[1:]
FacebookSession.GRAPH = origin
api = FacebookAdsApi.init("1517776481860111", "app-secret", "right-token")
page = Page("109876543210")
to = {"id": person}


def send(**what: object) -> dict:
    return dict(page.create_message(params={"recipient": to, "messaging_type": "RESPONSE", **what}))


def template(name: str, **payload: object) -> dict:
    return {"attachment": {"type": "template", "payload": {"template_type": name, **payload}}}


told = {"page": dict(page.api_get(fields=["name", "category"]))}
page.create_subscribed_app(params={"subscribed_fields": ["messages", "messaging_optins"]})
told["subscribed"] = dict(page.get_subscribed_apps()[0])["subscribed_fields"]
page.create_messenger_profile(params={"get_started": {"payload": "GO"}})
told["profile"] = dict(page.get_messenger_profile()[0])["get_started"]
page.create_message(params={"recipient": to, "sender_action": "TYPING_ON"})
told["text"] = send(message={"text": "Hello"})
send(message=template("one_time_notif_req", title="Shall we tell you?", payload="topic"))
frequency = {"notification_messages_frequency": "DAILY"}
for title in ("Bread", "Cake"):
    send(message=template("notification_messages", title=title, payload=title, **frequency))
persona = page.create_persona(
    params={"name": "Bea", "profile_picture_url": "https://x.test/bea.png"}
)
send(message={"text": "I am Bea"}, persona_id=persona["id"])
told["personas"] = [one["name"] for one in page.get_personas(fields=["name"])]
batch = api.new_batch()
answers: list[dict] = []
for text in ("one", "two"):
    page.create_message(
        params={"recipient": to, "message": {"text": text}},
        batch=batch,
        success=lambda answer: answers.append(answer.json()),
    )
batch.execute()
told["batch"] = len(answers)
inbox = {"recipient": to, "target_app_id": "263902037430900"}
page.create_pass_thread_control(params=inbox)
page.create_request_thread_control(params={"recipient": to})
page.create_take_thread_control(params={"recipient": to})
try:
    page.create_message(params={"recipient": {"id": "404"}, "message": {"text": "Hello"}})
except FacebookRequestError as error:
    told["refused"] = [error.api_error_code(), error.api_error_subcode()]
print(json.dumps(told))
