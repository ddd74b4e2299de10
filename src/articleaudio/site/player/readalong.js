// Read-along: finds what is spoken in the text of the publisher's page, lights word and sentence, plays from a click.
//
// Page and audio are compared as letters alone: compatibility forms taken apart, lower case, without marks, spaces and
// punctuation. So no-break spaces, soft hyphens, quotes, emoji, ligatures, line breaks and markup make no difference, and
// every letter still knows the text node and the place it came from. The page is never written to.
const folded = {};

// The letters of one sign; none for what may stand inside a word (accents, soft hyphens), a space for what ends one.
// Modifier letters are left out: one of them is an apostrophe.
const fold = (sign) => folded[sign] ??= (
  sign.normalize("NFKD").toLowerCase().replace(/[^\p{Ll}\p{Lo}\p{N}\p{Sc}\p{Sm}%&@#°]/gu, "")
  || (/\p{M}|\p{Cf}/u.test(sign) ? "" : " ")
).split("");

// A row of letters: for each the source it is of and where its sign stands there; where words start; each source's first.
const spell = (parts) => {
  const row = { text: "", of: [], at: [], starts: new Set(), first: new Map() };
  for (const [source, string] of parts) {
    let [at, fresh] = [0, true];
    row.first.set(source, row.of.length);
    for (const sign of string) {
      for (const letter of fold(sign)) {
        if (letter === " ") fresh = true;
        else {
          if (fresh) row.starts.add(row.of.length);
          fresh = false;
          row.of.push(source);
          row.at.push(at);
          row.text += letter;
        }
      }
      at += sign.length;
    }
  }
  row.starts.add(row.of.length);
  return row;
};

// Where each run of letters that begins with a word stands; NaN where it stands more than once.
const grams = ({ text, starts }) => {
  const found = new Map();
  for (const at of starts) {
    const gram = text.slice(at, at + 16);
    found.set(gram, found.has(gram) ? NaN : at);
  }
  return found;
};

const near = ({ of }, i, other) => of[i] && (of[i].block ?? of[i].role) === (of[other]?.block ?? of[other]?.role);

// For each letter of the audio its letter on the page, or -1. Runs that are found once on either side are certain, in
// whatever order; they grow within their sentence; what is left is looked for between its neighbours, whole.
const align = (audio, page) => {
  const map = new Int32Array(audio.of.length).fill(-1);
  const known = grams(page);
  for (const [gram, at] of grams(audio)) {
    const to = known.get(gram);
    if (to >= 0) for (let i = at; i < at + gram.length; i++) map[i] = to + i - at;
  }
  const grow = (i, step) => {
    const to = map[i - step] + step;
    if (map[i] < 0 && map[i - step] >= 0 && audio.of[i] === audio.of[i - step] && audio.text[i] === page.text[to]) map[i] = to;
  };
  for (let i = 0; i < map.length; i++) grow(i, 1);
  const next = new Int32Array(map.length + 1).fill(map.length);
  for (let i = map.length; i--;) {
    grow(i, -1);
    next[i] = map[i] < 0 ? next[i + 1] : i;
  }
  let last = -1;
  for (let from = 0, to; from < map.length; from = to) {
    for (to = from + 1; to < next[from] && audio.of[to] === audio.of[from];) to++;
    const part = audio.text.slice(from, to);
    const after = next[to];
    let low = (map[last] ?? -1) + 1;
    let high = map[after] >= low ? map[after] : page.text.length;
    // Nearest to what is of the same paragraph; nearest to the article where nothing is before.
    const back = after < map.length && (last < 0 || (near(audio, after, from) && !near(audio, last, from)));
    // A look no farther than that keeps a page that has little of the audio from being read again and again.
    if (back) low = Math.max(low, high - 2e4); else high = Math.min(high, low + 2e4);
    while (map[from] < 0 && audio.starts.has(from)) {
      const at = page.text.slice(low, high)[back ? "lastIndexOf" : "indexOf"](part) + low;
      if (at < low) break;
      if (page.starts.has(at) && page.starts.has(at + part.length)) for (let i = from; i < to; i++) map[i] = at + i - from;
      if (back) high = at + part.length - 1; else low = at + 1;
    }
    if (map[to - 1] >= 0) last = to - 1;
  }
  return map;
};

// What is no text of an article, and what a click means something else on.
const MUTE = "article-audio, script, style, noscript, template, textarea, select, iframe";
const CONTROL = "article-audio, a, button, input, label, select, textarea, summary, audio, video, [role=button], [contenteditable]";
const colours = new CSSStyleSheet();
colours.replaceSync(`@media screen {
::highlight(article-audio-sentence) { background: var(--aa-sentence, #ffc93c40) }
::highlight(article-audio-word) { background: var(--aa-word, #ffc93c); color: var(--aa-word-text, #000) }
}`);
const marks = globalThis.Highlight ? ["sentence", "word"].map((name) => {
  const mark = new Highlight();
  CSS.highlights.set(`article-audio-${name}`, mark);
  return mark;
}) : [];

class ReadAlong {
  time = 0;
  quiet = 0;
  roots = [];
  lit = [];
  over = new AbortController();

  constructor(player, selector) {
    Object.assign(this, { player, selector, scope: player.getRootNode() });
    this.audio = spell(player.episode.segments
      .filter(({ block, role }) => block != null || role === "headline" || role === "dek")
      .map((segment) => [segment, segment.written]));
    this.scope.adoptedStyleSheets = [...this.scope.adoptedStyleSheets.filter((sheet) => sheet !== colours), colours];
    const { signal } = this.over;
    this.scope.addEventListener("click", (event) => this.clicked(event), { signal });
    for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(name, () => { this.quiet = performance.now() + 5000; }, { signal, passive: true });
    }
    // Not put off by further changes, so that a page that never rests is matched all the same.
    this.observer = new MutationObserver((changes) => {
      if (changes.some(({ target }) => !player.contains(target))) this.timer ??= setTimeout(() => this.match(), 250);
    });
    this.observer.observe(this.scope, { childList: true, subtree: true, characterData: true });
    this.match();
  }

  close() {
    clearTimeout(this.timer);
    this.observer.disconnect();
    this.over.abort();
    this.light(0);
    this.light(1);
  }

  // Read the page; where its text is another than before, find in it what is spoken.
  match() {
    this.timer = null;
    const parts = [];
    const read = (node) => {
      if (node.nodeType === 3) parts.push([node, node.data]);
      else if (node.nodeType === 1 && !node.matches(MUTE)) node.childNodes.forEach(read);
    };
    let root;
    for (const next of this.scope.querySelectorAll(this.selector)) if (!root?.contains(next)) read(root = next);
    const { audio, page: old } = this;
    const page = (this.page = spell(parts));
    if (page.text !== old?.text) {
      const map = (this.map = align(audio, page));
      let [matched, of] = [0, 0];
      for (let from = 0, to; from < map.length; from = to) {
        let found = 0;
        for (to = from; near(audio, to, from); to++) found += map[to] >= 0;
        // Less than half of a paragraph is chance.
        if (found * 2 < to - from) map.fill(-1, from, to);
        if (audio.of[from].block != null) {
          of++;
          matched += found === to - from;
        }
      }
      this.back = new Int32Array(page.of.length).fill(-1);
      map.forEach((to, i) => { this.back[to] = i; });
      if (matched !== this.matched || !old) this.player.tell("matched", { matched, of });
      this.matched = matched;
    }
    this.segment = this.word = null;
    this.show(this.time);
  }

  // Light what is spoken at a time.
  show(time) {
    this.time = time;
    const { segments } = this.player.episode;
    const segment = segments[placeAt(segments, time)];
    const word = time < segment?.end ? segment.words?.findLast(([start]) => start <= time + 0.01) : undefined;
    if (segment !== this.segment) {
      this.light(0, segment && this.range(segment, 0, segment.written.length, true));
      this.follow();
    }
    if (word !== this.word) this.light(1, word && this.range(segment, word[2], word[3]));
    Object.assign(this, { segment, word });
  }

  // The range on the page of some characters of a segment, if it has them in one; a loose one may hold more, or less.
  range(segment, first, last, loose) {
    const { audio: { of, at, first: heads }, page, map } = this;
    let from = heads.get(segment);
    while (of[from] === segment && at[from] < first) from++;
    let to = from;
    while (of[to + 1] === segment && at[to + 1] < last) to++;
    while (loose && map[from] < 0 && from < to) from++;
    while (loose && map[to] < 0 && to > from) to--;
    const more = map[to] - map[from] - to + from;
    if (!(map[from] >= 0 && map[to] >= 0) || (loose ? more > to - from + 9 : more)) return;
    const [start, end] = [page.of[map[from]], page.of[map[to]]];
    let [low, high] = [page.at[map[from]], page.at[map[to]]];
    // Signs before and after are taken along where they stand as written; accents in any case.
    const before = segment.written.slice(first, at[from]);
    const rest = segment.written.slice(at[to], last);
    if (start.data.startsWith(before, low - before.length)) low -= before.length;
    high += end.data.startsWith(rest, high) ? rest.length : end.data.slice(high).match(/^.?\p{M}*/su)[0].length;
    const range = new Range();
    // The page may have changed since it was read.
    range.setStart(start, Math.min(low, start.length));
    range.setEnd(end, Math.min(high, end.length));
    return range;
  }

  light(which, range) {
    marks[which]?.delete(this.lit[which]);
    if (range) marks[which]?.add(range);
    this.lit[which] = range;
  }

  // Bring what is spoken into view, unless the reader looks elsewhere.
  follow() {
    const { player, lit: [range], quiet } = this;
    if (!range || !player.hasAttribute("follow") || player.audio.paused || performance.now() < quiet) return;
    const { top, bottom } = range.getBoundingClientRect();
    if (top > 60 && bottom < innerHeight * 0.8) return;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
    scrollBy({ top: top - innerHeight / 3, behavior });
  }

  clicked(event) {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    if (event.target.closest(CONTROL) || String(getSelection())) return;
    const { page, scope } = this;
    const { clientX: x, clientY: y } = event;
    const caret = document.caretPositionFromPoint?.(x, y, { shadowRoots: scope.host ? [scope] : [] })
      ?? document.caretRangeFromPoint?.(x, y);
    const node = caret?.offsetNode ?? caret?.startContainer;
    let at = page.first.get(node);
    while (page.of[at + 1] === node && page.at[at + 1] <= (caret.offset ?? caret.startOffset)) at++;
    while (page.of[at] === node && this.back[at] < 0) at--;
    if (!node || page.of[at] !== node) return;
    // The text nearest to a click may be far from it.
    const { left, right, top, bottom } = node.parentNode.getBoundingClientRect();
    if (x >= left && x <= right && y >= top && y <= bottom) this.player.seek(this.audio.of[this.back[at]].start);
  }
}
