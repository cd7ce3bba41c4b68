"""What python-facebook-api can ask of Messenger."""

import json
import sys

from pyfacebook import FacebookError, GraphAPI

origin, person = sys.argv[1:]
api = GraphAPI(
    app_id="1517776481860111",
    app_secret="app-secret",
    access_token="right-token",
    base_url=f"{origin}/",
)
to = {"recipient": json.dumps({"id": person})}


def send(message: dict) -> dict:
    return api.post_object("me", "messages", data=to | {"message": json.dumps(message)})


request = {"template_type": "one_time_notif_req", "title": "Shall we tell you?", "payload": "t"}
told = {
    "page": api.get_object("me", fields="name,category"),
    "who": api.get_object(person, fields="first_name"),
    "both": api.get_objects(f"me,{person}", fields="name"),
    "token": api.debug_token("right-token", "1517776481860111|app-secret"),
    "text": send({"text": "Hello"}),
    "request": send({"attachment": {"type": "template", "payload": request}}),
    "tokens": api.get_connection("me", "notification_message_tokens"),
}
try:
    api.get_object("404")
except FacebookError as error:
    told["refused"] = [error.code, error.error_subcode if hasattr(error, "error_subcode") else None]
print(json.dumps(told))
