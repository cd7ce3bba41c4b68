// What is new comes by itself, for as long as somebody looks. Where it does not come (a proxy may hold it
// back), it is asked for twice a second.

import { BASE, get, post } from "./api.js";
import { byId, complain } from "./dom.js";
import * as people from "./people.js";
import * as phone from "./phone.js";
import { say } from "./say.js";
import * as side from "./side.js";

const PAUSE = 500;
const PATIENCE = 3000;
let chosen = location.hash.slice(1) || null;
let lost = false;
let seen = 0;
let stream = null;
let waits = 0;

async function refresh() {
  const number = ++seen;
  const view = await get(`view?${person()}`);
  if (number === seen) await show(view);  // else something newer has come
}

async function show(view) {
  const person = view.people.find((one) => one.id === chosen);
  if (!person && view.people.length) return choose(view.people[0].id);
  document.title = `${view.page.name} · ${say("Practice Messenger")}`;
  byId("page-name").textContent = view.page.name;
  people.render(view, chosen, choose);
  phone.render(person ? view.phone : null, person, view.page, refresh);
  side.render(view, person, refresh);
  if (person?.unread && !person.blocked) await post(`people/${chosen}/read`);
}

async function choose(id) {
  chosen = id;
  history.replaceState(null, "", `#${id}`);
  await refresh();
  listen();
}

function person() {
  return `person=${encodeURIComponent(chosen ?? "")}`;
}

function listen() {
  stop();
  if (document.hidden) return;
  stream = new EventSource(new URL(`changes?${person()}`, BASE));
  waits = setTimeout(ask, PATIENCE);
  stream.onmessage = (event) => {
    clearTimeout(waits);
    seen += 1;
    found();
    show(JSON.parse(event.data)).catch(miss);
  };
  stream.onerror = () => {
    miss();
    if (stream.readyState === EventSource.CLOSED) ask();
  };
}

async function ask() {
  stop();
  try {
    await refresh();
    found();
  } catch {
    miss();
  }
  if (!document.hidden && !stream) waits = setTimeout(ask, PAUSE);
}

function stop() {
  clearTimeout(waits);
  stream?.close();
  stream = null;
}

function found() {
  if (lost) byId("problem").hidden = true;
  lost = false;
}

function miss() {
  lost = true;
  complain(new Error(say("The emulator does not answer. Is it still running?")));
}

people.prepare(choose);
phone.prepare(refresh);
side.prepare(refresh);
document.addEventListener("visibilitychange", listen);
listen();
