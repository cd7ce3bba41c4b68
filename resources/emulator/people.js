// Everybody, and the form for somebody new.

import { post } from "./api.js";
import { byId, complain, icon, make, shows } from "./dom.js";
import { say } from "./say.js";

const NAMES = ["Ana", "Ben", "Chika", "Deniz", "Eva", "Farid", "Gita", "Hugo"];

export function prepare(choose) {
  const add = async (name) => {
    try {
      const { id } = await post("people", { name });
      await choose(id);
      byId("words").focus();
    } catch (problem) {
      complain(problem);
    }
  };
  byId("add-person").onsubmit = (event) => {
    event.preventDefault();
    add(byId("new-name").value);
    byId("new-name").value = "";
  };
  byId("first-person").onclick = () => add(NAMES[Math.floor(Math.random() * NAMES.length)]);
}

export function render({ people, people_in_all: all }, chosen, choose) {
  byId("nobody").hidden = people.length > 0;
  byId("more-people").hidden = all === people.length;
  byId("more-people").textContent = say("The newest {n} of {all}", { n: people.length, all });
  const place = byId("people-list");
  if (shows(place, people, chosen)) return;
  const focused = document.activeElement?.dataset?.person;
  place.replaceChildren(...people.map((person) => make("li", {}, entry(person, chosen, choose))));
  if (focused) place.querySelector(`[data-person="${focused}"]`)?.focus();
}

function entry(person, chosen, choose) {
  const face = make("img", { className: "face", alt: "", src: `../people/${person.id}/picture.svg` });
  const name = make("span", { className: "name", textContent: person.name, title: person.name });
  const names = make("span", { className: "names" }, name, state(person));
  const dot = person.unread ? make("span", { className: "unread", title: say("Not looked at yet") }) : null;
  const element = make("button", { type: "button", className: "person", onclick: () => choose(person.id) }, face, names, dot);
  element.dataset.person = person.id;
  element.setAttribute("aria-current", String(person.id === chosen));
  return element;
}

function state(person) {
  if (person.blocked) return words("bell-off", say("Blocked the Page"));
  if (person.by_hand) return words("headset", say("With a colleague"));
  if (!person.window_ends) return words("circle-dashed", say("Has not written"));
  return person.window_open ? words("message-circle", say("Window open")) : words("moon", say("Window closed"));
}

function words(name, text) {
  const element = make("span", { className: "quiet state" }, icon(name), text);
  element.firstChild.style.width = element.firstChild.style.height = "12px";
  return element;
}
