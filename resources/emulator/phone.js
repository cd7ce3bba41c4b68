// The phone of the person who is played.

import { post } from "./api.js";
import { line } from "./bubbles.js";
import { button, byId, complain, icon, make, shows } from "./dom.js";
import { say } from "./say.js";
import { moment } from "./times.js";

const PAUSE = 15 * 60 * 1000;
const NEAR = 80;
let shown = { id: null, entries: [] };
let atEnd = true;

export function prepare(refresh) {
  byId("send").append(icon("send"));
  byId("show-menu").append(icon("menu"));
  byId("show-menu").onclick = () => showMenu(byId("menu").hidden);
  const place = byId("conversation");
  place.onscroll = () => { atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < NEAR; };
  place.addEventListener("load", stayAtEnd, true);  // a picture has come, and takes its room
  byId("composer").onsubmit = async (event) => {
    event.preventDefault();
    const words = byId("words");
    if (words.value.trim() && await act("write", { text: words.value }, refresh)) words.value = "";
  };
}

export async function act(name, what, refresh) {
  try {
    await post(`people/${shown.id}/${name}`, what);
    await refresh();
    return true;
  } catch (problem) {
    complain(problem);
    return false;
  }
}

export function render(phone, person, page, refresh) {
  byId("phone").hidden = byId("composer").hidden = !phone;
  if (!phone) return;
  byId("phone-page").textContent = page.name;
  const leads = person.asked_for ? say("Your bot asks the colleague for this conversation") : say("A colleague leads this conversation");
  byId("phone-window").textContent = person.by_hand ? leads : person.name;
  const acts = {
    tap: (choice) => act("tap", { title: choice }, refresh),
    sayYes: (entry) => act(...yesTo(phone.entries, entry), refresh),
  };
  renderEntries(phone, acts, refresh);
  renderReplies(person.blocked ? { ...phone, quick_replies: [] } : phone, refresh);
  renderFoot(phone, person, refresh);
}

function yesTo(entries, entry) {
  const again = entry.kind === "reoptin_card";
  const kinds = again ? ["reoptin_card"] : ["opt_in_card", "recurring_card"];
  const cards = entries.filter((one) => kinds.includes(one.kind));
  return [again ? "continue" : "notify-me", { index: cards.indexOf(entry) }];
}

function renderEntries(phone, acts, refresh) {
  const place = byId("conversation");
  const written = phone.entries.map((entry) => JSON.stringify(entry));
  if (shown.id !== phone.id) {
    shown = { id: phone.id, entries: [] };
    atEnd = true;
    place.replaceChildren(make("div", { className: "passing" }));
    showMenu(false);
  }
  phone.entries.forEach((entry, at) => {
    if (shown.entries[at] === written[at]) return;
    const element = make("div", { className: "entry" }, time(phone.entries, at), line(entry, acts));
    element.style.display = "contents";
    if (at < shown.entries.length) place.children[at].replaceWith(element);
    else place.lastChild.before(element);
  });
  if (shown.entries.length < written.length && phone.entries.at(-1).from === "person") atEnd = true;
  shown.entries = written;
  renderPassing(place.lastChild, phone, refresh);
  stayAtEnd();
}

function stayAtEnd() {
  const place = byId("conversation");
  if (atEnd) place.scrollTop = place.scrollHeight;
}

function time(entries, at) {
  const [now, before] = [new Date(entries[at].at), at ? new Date(entries[at - 1].at) : 0];
  if (now - before < PAUSE) return null;
  return make("p", { className: "system", textContent: moment(now) });
}

function renderPassing(place, phone, refresh) {
  if (shows(place, phone.entries.length, phone.seen_at, phone.typing, phone.is_new, phone.questions, phone.greeting)) return;
  const parts = [];
  const last = phone.entries.at(-1);
  if (last?.from === "person" && phone.seen_at && new Date(phone.seen_at) >= new Date(last.at)) {
    parts.push(make("p", { className: "system", textContent: say("Seen") }));
  }
  if (phone.typing) {
    const dots = make("div", { className: "bubble dots" }, make("i"), make("i"), make("i"));
    dots.setAttribute("aria-label", say("The Page is writing"));
    const face = make("img", { className: "face", alt: "", src: "picture.svg" });
    parts.push(make("div", { className: "line" }, face, dots));
  }
  if (phone.is_new) parts.push(start(phone, refresh));
  place.replaceChildren(...parts);
}

function start(phone, refresh) {
  const questions = phone.questions.map((one) => button(one, () => act("choose", { title: one }, refresh)));
  const greeting = phone.greeting || say("You have not written to this Page yet.");
  const begin = button(say("Get Started"), () => act("get-started", {}, refresh), "main");
  return make("div", { className: "start" }, make("p", { textContent: greeting }), ...questions, begin);
}

function renderReplies(phone, refresh) {
  const place = byId("quick-replies");
  if (shows(place, phone.id, phone.quick_replies)) return;
  place.replaceChildren(...phone.quick_replies.map((one) => button(one, () => act("tap", { title: one }, refresh))));
}

function renderFoot(phone, person, refresh) {
  byId("composer").hidden = person.blocked;
  byId("blocked").hidden = !person.blocked;
  if (shows(byId("menu"), phone.id, phone.menu, person.blocked)) return;
  const again = button(say("Unblock"), () => act("unblock", {}, refresh));
  if (person.blocked) byId("blocked").replaceChildren(say("You blocked this Page."), again);
  byId("show-menu").hidden = !phone.menu.length;
  if (!phone.menu.length || person.blocked) showMenu(false);
  const choose = (title) => { showMenu(false); act("choose", { title }, refresh); };
  byId("menu").replaceChildren(...phone.menu.map((one) => button(one, () => choose(one))));
}

function showMenu(isShown) {
  byId("menu").hidden = !isShown;
  byId("show-menu").setAttribute("aria-expanded", String(isShown));
}
