// Everything that messaging-api-messenger can ask of Messenger. Tells what was answered.

const { MessengerBatch, MessengerClient } = require("messaging-api-messenger");

const [origin, person, comment] = process.argv.slice(2);
const client = new MessengerClient({
  accessToken: "right-token", appId: "1517776481860111", appSecret: "app-secret", origin,
});

async function main() {
  const told = {};
  told.page = await client.getPageInfo();
  told.token = (await client.debugToken()).isValid;
  told.who = await client.getUserProfile(person);
  await client.setGetStarted("GO");
  await client.setGreeting([{ locale: "default", text: "Welcome" }]);
  await client.setIceBreakers([{ question: "When are you open?", payload: "OPEN" }]);
  await client.setPersistentMenu([{ type: "postback", title: "Help", payload: "HELP" }]);
  told.started = await client.getGetStarted();
  told.menu = await client.getPersistentMenu();
  await client.typingOn(person);
  await client.markSeen(person);
  told.text = await client.sendText(person, "Hello", { quickReplies: [{ contentType: "text", title: "Red", payload: "RED" }] });
  await client.sendButtonTemplate(person, "Choose", [{ type: "postback", title: "One", payload: "1" }]);
  await client.sendGenericTemplate(person, [{ title: "Rye", subtitle: "Fresh" }]);
  await client.sendMediaTemplate(person, [{ mediaType: "image", url: "https://x.test/a.png" }]);
  await client.sendReceiptTemplate(person, {
    recipientName: "Ana", orderNumber: "117", currency: "EUR", paymentMethod: "Visa 2345", summary: { totalCost: 7.5 },
    address: { street1: "1 Mill Lane", city: "Lisbon", postalCode: "1100", state: "LX", country: "PT" },
    elements: [{ title: "Rye", price: 7.5, imageUrl: "https://x.test/a.png" }],
  });
  const flight = {
    flightNumber: "TP571", flightSchedule: { departureTime: "2026-12-24T19:05" },
    departureAirport: { airportCode: "LIS", city: "Lisbon" }, arrivalAirport: { airportCode: "BER", city: "Berlin" },
  };
  const said = { introMessage: "Your flight", locale: "en_US" };
  await client.sendAirlineUpdateTemplate(person, { ...said, updateType: "delay", updateFlightInfo: flight });
  await client.sendAirlineCheckinTemplate(person, { ...said, checkinUrl: "https://x.test/in", flightInfo: [flight] });
  await client.sendImage(person, "https://x.test/a.png");
  const upload = await client.uploadImage(Buffer.from("\x89PNG"), { isReusable: true, filename: "cake.png" });
  await client.sendImage(person, { attachmentId: upload.attachmentId });
  await client.sendFile(person, Buffer.from("prices"), { filename: "prices.txt" });
  await client.sendOneTimeNotifReqTemplate(person, { title: "Shall we tell you?", payload: "topic" });
  const persona = await client.createPersona({ name: "Bea", profilePictureUrl: "https://x.test/bea.png" });
  await client.sendText(person, "I am Bea", { personaId: persona.id });
  told.personas = (await client.getAllPersonas()).map((one) => one.name);
  await client.deletePersona(persona.id);
  told.batch = await client.sendBatch([
    MessengerBatch.sendText(person, "one"),
    MessengerBatch.getUserProfile(person),
    MessengerBatch.sendText("404", "nobody"),
  ]);
  told.comment = await client.sendMessage({ commentId: comment }, { text: "Thank you" });
  await client.passThreadControlToPageInbox(person);
  told.owner = await client.getThreadOwner(person);
  told.others = await client.getSecondaryReceivers();
  await client.requestThreadControl(person);
  await client.takeThreadControl(person);
  told.refused = await client.sendText("404", "Hello").catch((error) => error.message);
  await client.deletePersistentMenu();
  await client.deleteGetStarted();
  console.log(JSON.stringify(told));
}

main();
