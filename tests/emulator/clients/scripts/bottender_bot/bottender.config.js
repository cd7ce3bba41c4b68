module.exports = {
  session: { driver: "memory" },
  channels: {
    messenger: {
      enabled: true,
      path: "/webhook",
      pageId: "109876543210",
      accessToken: "right-token",
      appId: "1517776481860111",
      appSecret: "app-secret",
      verifyToken: "let-me-in",
      origin: process.env.GRAPH_URL,
    },
  },
};
