// Searches the index: filters what is shown, and looks into the archive, newest page first, for what is not.
// What is asked for stands in the address (#section=World&q=ferry), so that it can be linked to. Nothing leaves the site.
(() => {
  "use strict";
  const form = document.querySelector(".search");
  if (!form) return;
  const shelf = form.closest(".shelf");
  const [field, chips, status] = [form.querySelector("input"), form.querySelector(".sections"), form.querySelector("output")];
  const found = shelf.querySelector(".found");
  const { all, count, nothing, minutes, root } = form.dataset;
  const LIMIT = 200;  // rows of the archive that are shown; a search that finds more wants another word
  const language = document.documentElement.lang;
  let [asked, pages, loading] = [0, Number(form.dataset.chunks), null];
  const drawn = new Map();  // section → its link
  const archive = [];

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const cards = [...shelf.querySelectorAll(".card")].map((card) => (
    { card, section: card.dataset.section, text: plain(card.querySelector("h3").textContent) }
  ));
  const sections = new Set(cards.map(({ section }) => section).filter(Boolean));

  // Search and section as the address has them.
  const wanted = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    return { query: given.get("q") ?? "", section: given.get("section") ?? "" };
  };

  const address = ({ query, section }) => {
    const given = new URLSearchParams({ section });
    if (query) given.set("q", query);
    return `#${given}`;
  };

  const make = (tag, text, facts = {}) => Object.assign(document.createElement(tag), { textContent: text }, facts);

  const day = (published) => new Date(`${published}T00:00:00Z`)
    .toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });

  const row = ({ title, slug, published, section, language: tongue, duration }) => {
    const link = make("a", title, { href: `${root}episodes/${encodeURIComponent(slug)}/index.html`, dir: "auto", lang: tongue });
    const facts = make("span", "", { className: "kicker" });
    if (section) facts.append(make("b", section));
    if (published) facts.append(make("time", day(published), { dateTime: published }));
    facts.append(make("span", minutes.replace("{minutes}", Math.max(1, Math.round(duration / 60)))));
    const item = make("li", "");
    item.append(link, facts);
    return item;
  };

  const drawChips = ({ query, section }) => {
    const names = ["", ...[...new Set([...sections, section])].filter(Boolean).sort((a, b) => a.localeCompare(b, language))];
    chips.hidden = names.length < 3 && !section;
    if (names.length !== drawn.size || !names.every((name) => drawn.has(name))) {
      const focused = chips.contains(document.activeElement) ? document.activeElement : null;
      for (const name of names) if (!drawn.has(name)) drawn.set(name, make("a", name || all, { dir: "auto" }));
      for (const name of drawn.keys()) if (!names.includes(name)) drawn.delete(name);
      chips.replaceChildren(...names.map((name) => drawn.get(name)));
      focused?.focus();
    }
    for (const [name, chip] of drawn) {
      chip.href = address({ query, section: name });
      if (name === section) chip.setAttribute("aria-current", "true"); else chip.removeAttribute("aria-current");
    }
  };

  // The next page of the archive into `archive`, each fetched once.
  const load = async () => {
    const name = String(pages).padStart(4, "0");
    try {
      const answer = await fetch(`${root}archive/${name}.json`);
      const { episodes } = await answer.json();
      for (const episode of episodes) {
        archive.push({ ...episode, text: plain(episode.title) });
        if (episode.section) sections.add(episode.section);
      }
      pages -= 1;
    } catch {
      pages = 0;  // the archive is out of reach: the page was opened from a disk, or the network is gone
    }
    loading = null;
  };

  // Whether there was more of the archive to wait for.
  const more = async () => {
    if (!pages) return false;
    loading ??= load();
    await loading;
    return true;
  };

  const show = async () => {
    const turn = ++asked;
    const want = wanted();
    const parts = plain(want.query).split(/\s+/).filter(Boolean);
    const idle = !parts.length && !want.section;
    const fits = ({ text, section }) => (!want.section || section === want.section) && parts.every((part) => text.includes(part));
    if (field.value.trim() !== want.query) field.value = want.query;
    let hits = 0;
    for (const each of cards) {
      each.card.hidden = !fits(each);
      hits += !each.card.hidden;
    }
    shelf.classList.toggle("searching", !idle);
    drawChips(want);
    found.replaceChildren();
    let at = 0;
    do {
      for (; at < archive.length && !idle; at += 1) {
        if (!fits(archive[at])) continue;
        hits += 1;
        if (found.children.length < LIMIT) found.append(row(archive[at]));
      }
      found.hidden = !found.children.length;
    } while (!idle && await more() && turn === asked);
    if (turn !== asked) return;
    drawChips(want);
    status.textContent = idle ? "" : hits ? count.replace("{count}", hits) : nothing;
  };

  field.addEventListener("input", () => {
    history.replaceState(null, "", address({ ...wanted(), query: field.value.trim() }));
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("hashchange", show);
  // One episode at a time.
  shelf.addEventListener("play", ({ target }) => {
    for (const audio of shelf.querySelectorAll("audio")) if (audio !== target) audio.pause();
  }, true);
  form.hidden = false;
  show();
})();
