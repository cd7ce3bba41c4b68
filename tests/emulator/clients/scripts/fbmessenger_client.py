"""What fbmessenger can ask of Messenger."""

import collections
import collections.abc
import json
import sys

from fbmessenger import MessengerClient, attachments, elements, quick_replies, templates
from fbmessenger import thread_settings as settings

collections.Iterable = collections.abc.Iterable  # where it looks for it, as in older Pythons

origin, person = sys.argv[1:]
client = MessengerClient("right-token", app_secret="app-secret")
client.graph_url = f"{origin}/v{client.api_version}"
button = elements.Button(button_type="postback", title="One", payload="1")
replies = quick_replies.QuickReplies([quick_replies.QuickReply(title="Red", payload="RED")])
told = {"who": client.get_user_data(person)}
entry = settings.PersistentMenuItem(item_type="postback", title="Help", payload="HELP")
profile = settings.MessengerProfile(
    persistent_menus=[settings.PersistentMenu(menu_items=[entry])],
    get_started=settings.GetStartedButton(payload="GO"),
    greetings=[settings.GreetingText(text="Welcome", locale="default")],
)
told["profile"] = client.set_messenger_profile(profile.to_dict())
told["typing"] = client.send_action("typing_on", person)
messages = [
    elements.Text(text="Hello", quick_replies=replies),
    templates.ButtonTemplate(text="Choose", buttons=[button]),
    templates.GenericTemplate(elements=[elements.Element(title="Rye", subtitle="Fresh")]),
    attachments.Image(url="https://x.test/a.png"),
]
told["sent"] = [client.send(message.to_dict(), person) for message in messages]
told["upload"] = client.upload_attachment(attachments.Image(url="https://x.test/a.png"))
request = {"template_type": "one_time_notif_req", "title": "Shall we tell you?", "payload": "t"}
told["request"] = client.send({"attachment": {"type": "template", "payload": request}}, person)
told["refused"] = client.send({"text": "Hello"}, "404")
told["gone"] = [client.delete_persistent_menu(), client.delete_get_started()]
print(json.dumps(told))
