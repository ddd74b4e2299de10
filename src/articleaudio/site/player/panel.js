// Chapters, transcript and more episodes: buttons that open a list below the controls, one at a time.
const drawPanel = (player, name, ...children) => {
  const toggle = button("toggle", player.labels[name], () => player.open(player.opened !== name && name));
  return { name, toggle, panel: make("div.panel", {}, ...children) };
};

const drawRow = (start, text, role, click) =>
  make("button.row role-" + role, { type: "button", click }, make("span.time", {}, clock(start)), make("span.text", { dir: "auto" }, text));

const drawList = (rows, lang) => make("ol.list", { lang }, ...rows.map((row) => make("li", {}, row)));

// A row of things that follow each other in time, of which one is current.
class Track {
  constructor(player, places, text) {
    this.places = places;
    this.rows = places.map((place) => drawRow(place.start, place[text], place.role ?? "chapter", () => player.seek(place.start)));
    this.list = drawList(this.rows, player.episode.language);
  }

  // Mark what is heard at a time; true where that is something else than before.
  follow(time) {
    const at = placeAt(this.places, time);
    if (at === this.at) return false;
    this.rows[this.at]?.removeAttribute("aria-current");
    this.rows[at]?.setAttribute("aria-current", true);
    this.at = at;
    // Somebody who is in the list is not to be carried off.
    if (!this.list.matches(":hover, :focus-within")) this.reveal(this.rows[at]);
    return true;
  }

  // Scrolls the list alone, never the page.
  reveal(row) {
    if (row) this.list.scrollTop = row.offsetTop - this.list.clientHeight / 3;
  }
}

const drawSearch = (label, track) => {
  let [hits, at] = [[], 0];
  const next = (step) => {
    hits[at]?.classList.remove("found");
    at = (at + step) % hits.length || 0;
    hits[at]?.classList.add("found");
    track.reveal(hits[at]);
    count.textContent = input.value && (hits.length && at + 1) + " / " + hits.length;
  };
  const input = make("input.search", {
    type: "search",
    "aria-label": label,
    placeholder: label,
    input: () => {
      const asked = input.value.trim().toLowerCase();
      hits[at]?.classList.remove("found");
      hits = track.rows.filter((row) => row.classList.toggle("hit", asked && row.lastChild.textContent.toLowerCase().includes(asked)));
      next((at = 0));
    },
    keydown: ({ key }) => key === "Enter" && next(1),
  });
  const count = make("output.count");
  return make("div.find", {}, input, count, button("next", "↓", () => next(1), label + " ↓"));
};
