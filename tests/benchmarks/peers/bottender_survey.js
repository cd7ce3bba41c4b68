// The survey in bottender: its Messenger bot, with a client that sends nothing, and sessions in memory.
// node bottender_survey.js QUESTIONS PEOPLE: prints messages a second and what was said last, as JSON.
const { Bot, MessengerConnector, MemorySessionStore } = require("bottender");

const [QUESTIONS, PEOPLE] = process.argv.slice(2).map(Number);
let said = "";
const send = async (text) => {
  said = text;
  return {};
};
const client = { accessToken: "x", sendText: (_, text) => send(text), sendMessage: (_, m) => send(m.text) };
const connector = new MessengerConnector({
  accessToken: "x",
  appId: "1",
  appSecret: "s",
  client,
  skipLegacyProfile: true,
});
const bot = new Bot({ connector, sessionStore: new MemorySessionStore(100000), sync: true });
bot.setInitialState({ asked: 0, name: "Ben" });

const question = (context, number) =>
  context.sendText(`Q${number}: hi ${context.state.name}, red or blue?`);

bot.onEvent(async (context) => {
  const { asked, name } = context.state;
  const text = context.event.text || "";
  if (asked === 0) {
    context.setState({ asked: 1 });
    return question(context, 1);
  }
  if (!/^(red|blue)$/i.test(text)) return question(context, asked);
  context.setState({ [`a${asked}`]: text, asked: asked + 1 });
  if (asked < QUESTIONS) return question(context, asked + 1);
  const { a1, [`a${QUESTIONS}`]: last } = context.state;
  return context.sendText(`Thanks ${name}, you chose ${a1} and ${last}`);
});

const handle = bot.createRequestHandler();
const write = (person, text) =>
  handle(
    {
      object: "page",
      entry: [
        {
          id: "page",
          time: 1,
          messaging: [
            { sender: { id: person }, recipient: { id: "page" }, timestamp: 1, message: { mid: "m", text } },
          ],
        },
      ],
    },
    {},
  );

(async () => {
  const began = process.hrtime.bigint();
  for (let person = 0; person < PEOPLE; person++) {
    await write(`u${person}`, "hi");
    for (let k = 0; k < QUESTIONS; k++) await write(`u${person}`, k % 2 ? "blue" : "red");
  }
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  console.log(JSON.stringify({ rate: (PEOPLE * (QUESTIONS + 1)) / seconds, said }));
  process.exit(0);
})();
