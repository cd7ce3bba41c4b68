// The control API, and what it says when something can't be done.

export const BASE = new URL("..", import.meta.url);

export async function get(path) {
  return answered(await fetch(new URL(path, BASE)));
}

export async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return answered(await fetch(new URL(path, BASE), { method: "POST", headers, body: JSON.stringify(body) }));
}

async function answered(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.problem);
  return body;
}
