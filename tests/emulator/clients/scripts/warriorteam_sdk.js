// What @warriorteam/messenger-sdk can ask of Messenger.

const { Messenger } = require("@warriorteam/messenger-sdk");

const [baseUrl, person, messageId] = process.argv.slice(2);
const messenger = new Messenger({ accessToken: "right-token", baseUrl, maxRetries: 0 });
const to = { id: person };

async function main() {
  const told = {};
  told.who = await messenger.profile.getFull(person);
  await messenger.send.typingOn(person);
  await messenger.send.markSeen(person);
  await messenger.send.addReaction(person, { messageId, emoji: "\u2764\uFE0F" });
  told.text = await messenger.send.message({ recipient: to, message: { text: "Hello" } });
  await messenger.templates.button({ recipient: to, text: "Choose", buttons: [{ type: "postback", title: "One", payload: "1" }] });
  await messenger.templates.generic({ recipient: to, elements: [{ title: "Rye", subtitle: "Fresh" }] });
  await messenger.templates.media({ recipient: to, element: { media_type: "image", url: "https://x.test/a.png" } });
  const upload = await messenger.attachments.upload({ type: "image", url: "https://x.test/a.png" });
  await messenger.send.attachment({ recipient: to, type: "image", attachment_id: upload.attachment_id });
  const request = { template_type: "notification_messages", title: "Bread", payload: "w", notification_messages_frequency: "WEEKLY" };
  await messenger.send.message({ recipient: to, message: { attachment: { type: "template", payload: request } } });
  told.refused = await messenger.send.message({ recipient: { id: "404" }, message: { text: "Hello" } })
    .catch((error) => [error.code, error.subcode]);
  console.log(JSON.stringify(told));
}

main();
