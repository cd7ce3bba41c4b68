// A message by a one-time permission, through messaging-api-messenger.

const { MessengerClient } = require("messaging-api-messenger");

const [origin, token] = process.argv.slice(2);
const client = new MessengerClient({ accessToken: "right-token", origin });
const again = (sent) => client.sendText({ oneTimeNotifToken: token }, "Twice").catch((error) => ({ sent, refused: error.message }));

client.sendText({ oneTimeNotifToken: token }, "It is back").then(again).then((told) => console.log(JSON.stringify(told)));
