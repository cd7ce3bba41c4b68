// One entry of a conversation as a person sees it.

import { button, icon, make } from "./dom.js";
import { say } from "./say.js";
import { flights, receipt } from "./slips.js";

const LINES = {
  block: () => say("You blocked the Page"),
  unblock: () => say("You let the Page write again"),
  stop: (entry) => say("You stopped “{title}”", entry),
  resume: (entry) => say("You want “{title}” again", entry),
  link: (entry) => say("You opened a link ({ref})", entry),
  comment: (entry) => say("You commented below a post: {text}", entry),
  reaction: (entry) => say("You reacted {emoji}", entry),
};
const PERSON = {
  text: (entry) => bubble(entry.text),
  picture: (entry) => picture(entry.url, "picture"),
  tap: (entry) => bubble(entry.title),
};
const PAGE = {
  text: (entry) => bubble(entry.text),
  quick_replies: (entry) => bubble(entry.text),
  buttons: buttons,
  cards: (entry, acts) => make("div", { className: "carousel" }, ...entry.cards.map((one) => card(one, acts))),
  media_card: mediaCard,
  receipt: (entry) => make("div", { className: "card slip" }, ...receipt(entry)),
  flights: (entry, acts) => make(
    "div", { className: "card slip" }, said(entry.text), ...flights(entry), ...entry.buttons.map((one) => tappable(one, acts)),
  ),
  picture: (entry) => picture(entry.url, "picture"),
  video: (entry) => player("video", entry.url),
  audio: (entry) => player("audio", entry.url),
  file: (entry) => missing("paperclip", entry.url, "alone"),
  opt_in_card: asking,
  recurring_card: asking,
  reoptin_card: asking,
};

export function line(entry, acts) {
  const says = entry.from === "person" ? PERSON[entry.kind] : PAGE[entry.kind];
  if (LINES[entry.kind]) return make("p", { className: "system", textContent: LINES[entry.kind](entry) });
  const content = says ? says(entry, acts) : missing("paperclip", entry.url ?? entry.kind, "alone");
  return entry.from === "person" ? mine(entry, content) : theirs(entry, content);
}

function mine(entry, content) {
  const reaction = entry.page_reaction
    ? make("span", { className: "by-line", textContent: say("The Page reacted {page_reaction}", entry) }) : null;
  return make("div", { className: "line mine" }, make("div", { className: "block" }, content, reaction));
}

function theirs(entry, content) {
  const name = entry.persona ? make("span", { className: "by-line", textContent: entry.persona.name }) : null;
  const wide = entry.kind === "cards" ? " wide" : "";
  const block = make("div", { className: "block" + wide }, name, content, byPermission(entry));
  const face = make("img", { className: "face", alt: "", src: entry.persona?.profile_picture_url ?? "picture.svg" });
  return make("div", { className: "line" }, face, block);
}

function byPermission(entry) {
  if (!entry.by_permission) return null;
  return make("span", { className: "by-line by-permission" }, icon("bell-ring"), say("Sent with your permission"));
}

function bubble(text) {
  return make("div", { className: "bubble", textContent: text, dir: "auto" });
}

function buttons(entry, acts) {
  return make("div", { className: "card" }, said(entry.text), ...entry.buttons.map((one) => tappable(one, acts)));
}

function card(one, acts) {
  const words = make("div", { className: "said", dir: "auto" }, make("strong", { textContent: one.title }), one.subtitle ?? "");
  const shown = one.picture ? picture(one.picture) : null;
  return make("div", { className: "card" }, shown, words, ...one.buttons.map((each) => tappable(each, acts)));
}

function mediaCard(entry, acts) {
  const shown = entry.medium === "video" ? player("video", entry.url) : picture(entry.url);
  return make("div", { className: "card" }, shown, ...entry.buttons.map((one) => tappable(one, acts)));
}

function asking(entry, acts) {
  const words = make("div", { className: "said", dir: "auto" }, icon("bell-ring"), make("span", { textContent: entry.title }));
  const yes = button(entry.tapped ? say("You said yes") : entry.button, () => acts.sayYes(entry));
  yes.disabled = entry.tapped;
  const shown = entry.picture ? picture(entry.picture) : null;
  return make("div", { className: "card asks" }, shown, words, yes);
}

function tappable(one, acts) {
  return button(one.title, () => {
    acts.tap(one.payload ?? one.title);
    if (/^https?:/.test(one.url ?? "")) window.open(one.url, "_blank", "noopener,noreferrer");
  });
}

function said(text) {
  return make("div", { className: "said", textContent: text, dir: "auto" });
}

function picture(url, className = "") {
  const image = make("img", { className, alt: say("Picture"), src: url, referrerPolicy: "no-referrer" });
  image.onerror = () => image.replaceWith(missing("image", url, className ? "alone" : ""));
  return image;
}

function player(tag, url) {
  const element = make(tag, { src: url, controls: true, preload: "metadata" });
  element.onerror = () => element.replaceWith(missing("paperclip", url, "alone"));
  return element;
}

function missing(name, words, className = "") {
  return make("div", { className: `missing ${className}` }, icon(name), make("span", { textContent: words }));
}
