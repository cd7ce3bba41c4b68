// Making elements. Texts only ever become text, never markup.

export function make(tag, given = {}, ...inside) {
  const element = Object.assign(document.createElement(tag), given);
  element.append(...inside.filter((one) => one !== null && one !== undefined));
  return element;
}

export function icon(name) {
  const element = make("span", { className: "icon" });
  element.style.maskImage = `url(../icons/${name}.svg)`;
  element.setAttribute("aria-hidden", "true");
  return element;
}

export function button(text, act, className = "") {
  return make("button", { type: "button", textContent: text, onclick: act, className });
}

export function byId(id) {
  return document.getElementById(id);
}

// Whether a part of the page shows that already. What is not drawn anew keeps its focus and its clicks.
export function shows(place, ...what) {
  const written = JSON.stringify(what);
  const is_so = place.dataset.shown === written;
  place.dataset.shown = written;
  return is_so;
}

let hides = 0;

export function complain(problem) {
  const place = byId("problem");
  place.textContent = problem.message;
  place.hidden = false;
  clearTimeout(hides);
  hides = setTimeout(() => { place.hidden = true; }, 6000);
}
