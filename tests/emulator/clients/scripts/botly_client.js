// What botly can ask of Messenger.

const { promisify } = require("util");
const Botly = require("botly");

const [origin, person] = process.argv.slice(2);
const botly = new Botly({ accessToken: "right-token", verifyToken: "x", FB_URL: `${origin}/v2.12/` });
const ask = (name, what) => promisify(botly[name].bind(botly))({ id: person, ...what });

async function main() {
  const told = {};
  told.who = await promisify(botly.getUserProfile.bind(botly))(person);
  told.started = await ask("setGetStarted", { pageId: "me", payload: "GO" });
  told.greeting = await ask("setGreetingText", { pageId: "me", greeting: [{ locale: "default", text: "Welcome" }] });
  told.menu = await ask("setPersistentMenu", {
    pageId: "me",
    menu: [{ locale: "default", call_to_actions: [{ type: "postback", title: "Help", payload: "HELP" }] }],
  });
  told.typing = await ask("sendAction", { action: Botly.CONST.ACTION_TYPES.TYPING_ON });
  told.text = await ask("sendText", { text: "Hello", quick_replies: [botly.createQuickReply("Red", "RED")] });
  told.buttons = await ask("sendButtons", { text: "Choose", buttons: [botly.createPostbackButton("One", "1")] });
  told.cards = await ask("sendGeneric", { elements: [{ title: "Rye", subtitle: "Fresh" }] });
  told.picture = await ask("sendImage", { url: "https://x.test/a.png" });
  told.upload = await ask("upload", { pageId: "me", type: "image", payload: { url: "https://x.test/a.png", is_reusable: true } });
  const request = { template_type: "one_time_notif_req", title: "Shall we tell you?", payload: "topic" };
  told.request = await ask("send", { message: { attachment: { type: "template", payload: request } } });
  console.log(JSON.stringify(told));
}

main();
