// Time, the window, topics, what else a person can do, and the bot that is tried.

import { post } from "./api.js";
import { button, byId, complain, make, shows } from "./dom.js";
import { act } from "./phone.js";
import { say } from "./say.js";
import { counted, length, moment } from "./times.js";

const JUMPS = [[1, "hour"], [1, "day"], [1, "week"], [30, "day"]];
const DAY = 24 * 60 * 60 * 1000;
const FORMS = {
  "by-hand": ["answer-by-hand", "text"],
  "open-link": ["open-link", "ref"],
  "send-picture": ["attach", "url"],
  comment: ["comment", "text"],
};

export function prepare(refresh) {
  const advance = async (by) => {
    try {
      await post("clock", { advance: by });
      await refresh();
      return true;
    } catch (problem) {
      return complain(problem);
    }
  };
  byId("jumps").append(...JUMPS.map(([number, unit]) => button(`+${counted(number, unit)}`, () => advance(`${number} ${unit}`))));
  onSubmit("advance", async (input) => { if (await advance(input.value)) input.value = ""; });
  for (const [form, [name, field]] of Object.entries(FORMS)) {
    onSubmit(form, async (input) => {
      const beside = form === "comment" ? { post: "1" } : {};
      if (await act(name, { [field]: input.value, ...beside }, refresh)) input.value = "";
    });
  }
  onSubmit("subscribe", () => connect(refresh));
  byId("change-bot").onclick = () => { byId("subscribe").hidden = !byId("subscribe").hidden; };
  const show = (isShown) => {
    byId("side").classList.toggle("shown", isShown);
    byId("show-side").setAttribute("aria-expanded", String(isShown));
  };
  byId("show-side").onclick = () => show(!byId("side").classList.contains("shown"));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") show(false); });
}

export function render(view, person, refresh) {
  byId("clock").textContent = moment(new Date(view.now));
  for (const part of ["window-part", "acts-part"]) byId(part).hidden = !person;
  renderBot(view.bot);
  byId("topics-part").hidden = !view.phone?.lasting.length;
  if (!person) return;
  renderWindow(person, new Date(view.now));
  renderTopics(view.phone, refresh);
  renderActs(person, view.phone, refresh);
}

function renderBot(bot) {
  const waits = bot.waiting ? ` ${say("{n} not answered yet.", { n: bot.waiting })}` : "";
  const tells = bot.fields.length ? say("Events go to {url}.", bot) : say("No events go any more to {url}.", bot);
  byId("bot").classList.toggle("missing-yet", !bot.url);
  byId("change-bot").hidden = !bot.url;
  if (!bot.url) byId("subscribe").hidden = false;
  byId("bot-words").textContent = bot.url
    ? tells + waits
    : say("No bot is connected yet. Give the address of its webhook and its verify token.");
}

function onSubmit(form, then) {
  byId(form).onsubmit = (event) => {
    event.preventDefault();
    then(event.target.querySelector("input"));
  };
}

async function connect(refresh) {
  try {
    await post("webhook", { url: byId("bot-url").value, verify_token: byId("bot-word").value });
    byId("subscribe").hidden = true;
    await refresh();
  } catch (problem) {
    complain(problem);
  }
}

function renderWindow(person, now) {
  const left = person.window_ends ? new Date(person.window_ends) - now : 0;
  byId("window-left").style.width = `${Math.max(0, Math.min(left / DAY, 1)) * 100}%`;
  byId("window-words").textContent = !person.window_ends
    ? say("Not open: {name} has not written yet.", person)
    : person.window_open ? say("Open for another {time}.", { time: length(left) })
      : say("Closed for {time}. Only a permission reaches {name} now.", { time: length(left), name: person.name });
}

function renderTopics(phone, refresh) {
  const place = byId("topics");
  if (shows(place, phone.id, phone.lasting)) return;
  place.replaceChildren(...phone.lasting.map(({ title, stopped }) => {
    const name = make("span", { className: stopped ? "title stopped" : "title", textContent: title });
    const [text, does] = stopped ? [say("Resume"), "resume"] : [say("Stop"), "stop"];
    return make("li", {}, name, button(text, () => act(does, { title }, refresh)));
  }));
}

function renderActs(person, phone, refresh) {
  const place = byId("acts");
  if (shows(place, person.id, person.blocked, person.by_hand, phone.is_new, hasMessage(phone))) return;
  byId("acts-title").textContent = say("{name} and the Page", person);
  const does = (text, name, what = {}) => button(text, () => act(name, what, refresh));
  const acts = [
    person.blocked ? does(say("Unblock the Page"), "unblock") : does(say("Block the Page"), "block"),
    does(say("React \u2764\uFE0F"), "react", { reaction: "love" }),
    person.by_hand ? does(say("Colleague is done"), "give-back") : does(say("Colleague takes over"), "take-over"),
  ];
  acts[1].disabled = !hasMessage(phone) || person.blocked;
  acts[2].disabled = phone.is_new || person.blocked;
  place.replaceChildren(...acts);
}

function hasMessage(phone) {
  return phone.entries.some((entry) => entry.from === "page");
}
