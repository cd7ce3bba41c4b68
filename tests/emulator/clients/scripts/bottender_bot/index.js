// A bot made with bottender: it asks for a permission, and uses it at once.

module.exports = async function App(context) {
  const { event } = context;
  if (event.isEcho || event.isDelivery || event.isRead) return;
  if (event.rawEvent.optin) {
    const token = event.rawEvent.optin.one_time_notif_token ?? event.rawEvent.optin.oneTimeNotifToken;
    await context.client.sendText({ oneTimeNotifToken: token }, "It is back");
  } else if (event.isPayload) {
    await context.sendOneTimeNotifReqTemplate({ title: "Shall we tell you?", payload: "rye" });
  } else if (event.isText) {
    await context.typingOn();
    await context.sendText(`You said ${event.text}`, {
      quickReplies: [{ contentType: "text", title: "Rye", payload: "RYE" }],
    });
  }
};
