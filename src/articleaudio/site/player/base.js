// What all parts use.
const clock = (seconds) => {
  const [h, m, s] = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor);
  return (h ? h + ":" + (m < 10 ? "0" : "") : "") + m + (s < 10 ? ":0" : ":") + s;
};

// An element: `make("button.row heading", { type: "button", click: act }, "Text")`. What follows the dot is its `part`, for
// the publisher's style sheet, and its class, for ours. Functions listen; children that are strings stay text.
const make = (kind, facts, ...children) => {
  const [tag, part] = kind.split(".");
  const element = document.createElement(tag);
  if (part) element.className = element.part = part;
  for (const name in facts) {
    if (facts[name].call) element.addEventListener(name, facts[name]);
    else element.setAttribute(name, facts[name]);
  }
  element.append(...children);
  return element;
};

const button = (part, text, click, label = text) => make("button.button " + part, { type: "button", "aria-label": label, click }, text);

// Index of the last place that starts at or before a time, -1 before the first.
const placeAt = (places, time) => {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle].start <= time + 0.01) low = middle + 1; else high = middle;
  }
  return low - 1;
};

const fetchJson = async (address) => {
  // No address would be that of the page.
  if (!address) throw 0;
  const answer = await fetch(new URL(address, document.baseURI), { credentials: "omit" });
  if (!answer.ok) throw 0;
  return [await answer.json(), answer.url];
};
