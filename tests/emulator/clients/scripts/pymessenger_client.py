"""What pymessenger can ask of Messenger."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from pymessenger.bot import Bot

origin, person = sys.argv[1:]


bot = Bot("right-token", app_secret="app-secret")
bot.graph_url = f"{origin}/v{bot.api_version}"
bot.base_url = f"{bot.graph_url}/me/messages?access_token=right-token"  # which it forgot to set
button = {"type": "postback", "title": "One", "payload": "1"}
told = {
    "text": bot.send_text_message(person, "Hello"),
    "buttons": bot.send_button_message(person, "Choose", [button]),
    "cards": bot.send_generic_message(person, [{"title": "Rye", "subtitle": "Fresh"}]),
    "picture": bot.send_image_url(person, "https://x.test/a.png"),
    "typing": bot.send_action(person, "typing_on"),
}
with TemporaryDirectory() as folder:
    cake = Path(folder, "cake.png")
    cake.write_bytes(b"\x89PNG")
    told["file"] = bot.send_image(person, str(cake))
request = {"template_type": "one_time_notif_req", "title": "Shall we tell you?", "payload": "t"}
message = {"attachment": {"type": "template", "payload": request}}
told["request"] = bot.send_message(person, message)
told["refused"] = bot.send_text_message("404", "Hello")
print(json.dumps(told))
