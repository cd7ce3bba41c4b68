"""The survey in botbuilder-dialogs, its conversation saved after every message in its MemoryStorage.

``python botbuilder_survey.py QUESTIONS PEOPLE`` prints messages a second and what was said last. It
runs where that package is installed, and imports nothing of ours.
"""

import asyncio
import json
import sys
import time

from botbuilder.core import ConversationState, MemoryStorage, MessageFactory
from botbuilder.core.adapters import TestAdapter
from botbuilder.dialogs import DialogSet, DialogTurnStatus, WaterfallDialog
from botbuilder.dialogs.prompts import PromptOptions, TextPrompt
from botbuilder.schema import Activity, ChannelAccount, ConversationAccount

QUESTIONS, PEOPLE = (int(argument) for argument in sys.argv[1:])

state = ConversationState(MemoryStorage())
dialogs = DialogSet(state.create_property("dialog"))


async def fits(prompt):
    return prompt.recognized.value in ("red", "blue")


def asks(number):
    async def step(context):
        if number > 1:
            context.values[f"a{number - 1}"] = context.result
        text = MessageFactory.text(f"Q{number}: hi Ben, red or blue?")
        return await context.prompt("color", PromptOptions(prompt=text, retry_prompt=text))

    return step


async def thanks(context):
    context.values[f"a{QUESTIONS}"] = context.result
    first, last = context.values["a1"], context.values[f"a{QUESTIONS}"]
    await context.context.send_activity(f"Thanks Ben, you chose {first} and {last}")
    return await context.end_dialog()


dialogs.add(TextPrompt("color", fits))
dialogs.add(WaterfallDialog("survey", [*(asks(n) for n in range(1, QUESTIONS + 1)), thanks]))


async def on_turn(turn):
    context = await dialogs.create_context(turn)
    result = await context.continue_dialog()
    if result.status == DialogTurnStatus.Empty:
        await context.begin_dialog("survey")
    await state.save_changes(turn)


adapter = TestAdapter(on_turn)


async def write(person, text):
    activity = Activity(
        type="message",
        text=text,
        channel_id="test",
        from_property=ChannelAccount(id=f"u{person}"),
        recipient=ChannelAccount(id="bot"),
        conversation=ConversationAccount(id=person),
        service_url="x",
        locale="en-us",
    )
    await adapter.process_activity(activity, on_turn)
    said, adapter.activity_buffer = adapter.activity_buffer, []
    return said[-1].text


async def main():
    began, said = time.perf_counter(), ""
    for person in range(PEOPLE):
        await write(str(person), "hi")
        for number in range(QUESTIONS):
            said = await write(str(person), "blue" if number % 2 else "red")
    rate = PEOPLE * (QUESTIONS + 1) / (time.perf_counter() - began)
    print(json.dumps({"rate": rate, "said": said}))


asyncio.run(main())
