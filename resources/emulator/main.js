// The page is asked for what is new twice a second, for as long as somebody looks at it.

import { get, post } from "./api.js";
import { byId, complain } from "./dom.js";
import * as people from "./people.js";
import * as phone from "./phone.js";
import * as side from "./side.js";

const PAUSE = 500;
let chosen = location.hash.slice(1) || null;
let lost = false;
let asked = 0;

async function refresh() {
  const number = ++asked;
  const view = await get(`view?person=${encodeURIComponent(chosen ?? "")}`);
  if (number !== asked) return;  // a newer answer is on its way
  const person = view.people.find((one) => one.id === chosen);
  if (!person && view.people.length) return choose(view.people[0].id);
  document.title = `${view.page.name} · Practice Messenger`;
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
}

async function goOn() {
  if (!document.hidden) {
    try {
      await refresh();
      await side.renderBot();
      if (lost) byId("problem").hidden = true;
      lost = false;
    } catch {
      lost = true;
      complain(new Error("The emulator does not answer. Is it still running?"));
    }
  }
  setTimeout(goOn, PAUSE);
}

people.prepare(choose);
phone.prepare(refresh);
side.prepare(refresh);
goOn();
