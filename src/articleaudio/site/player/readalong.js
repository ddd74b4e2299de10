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

// A row of letters: for each the source it is of and where its sign stands there; and where words start.
const spell = (parts) => {
  const row = { text: "", of: [], at: [], starts: new Set() };
  for (const [source, string] of parts) {
    let [at, fresh] = [0, true];
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

const block = (segment) => segment?.block ?? segment;

// For each letter of the audio its letter on the page, or -1. Runs that are found once on either side are certain, in
// whatever order; they grow within their sentence; what is left is looked for between its neighbours, whole.
const align = (audio, page) => {
  const { of, text } = audio;
  const map = new Int32Array(of.length).fill(-1);
  const near = (i, other) => block(of[i]) === block(of[other]);
  const known = grams(page);
  for (const [gram, at] of grams(audio)) {
    const to = known.get(gram);
    // One that goes over the end of a paragraph may go on into a quotation of the next.
    if (to >= 0 && near(at, at + gram.length - 1)) for (let i = at; i < at + gram.length; i++) map[i] = to + i - at;
  }
  const grow = (i, step) => {
    const to = map[i - step] + step;
    if (map[i] < 0 && map[i - step] >= 0 && of[i] === of[i - step] && text[i] === page.text[to]) map[i] = to;
  };
  for (let i = 0; i < map.length; i++) grow(i, 1);
  for (let i = map.length; i--;) grow(i, -1);
  for (let from = 0, to, after = 0, last = -1; from < map.length; from = to) {
    for (to = from + 1; map[from] < 0 && map[to] < 0 && of[to] === of[from];) to++;
    for (after = Math.max(after, to); map[after] < 0;) after++;
    let low = (map[last] ?? -1) + 1;
    let high = map[after] >= low ? map[after] : page.text.length;
    // Nearest to what is of the same paragraph; nearest to the article where nothing is before.
    const back = last < 0 ? after < map.length : near(after, from) && !near(last, from);
    // A look no farther than that keeps a page that has little of the audio from being read again and again.
    if (back) low = Math.max(low, high - 2e4); else high = Math.min(high, low + 2e4);
    while (map[from] < 0 && audio.starts.has(from)) {
      const at = page.text.slice(low, high)[back ? "lastIndexOf" : "indexOf"](text.slice(from, to)) + low;
      const end = at + to - from;
      if (at < low) break;
      if (page.starts.has(at) && page.starts.has(end)) for (let i = from; i < to; i++) map[i] = at + i - from;
      if (back) high = end - 1; else low = at + 1;
    }
    if (map[to - 1] >= 0) last = to - 1;
  }
  return map;
};

// What is no text of an article, and what a click means something else on.
const MUTE = "article-audio, script, style, noscript, template, textarea, select, iframe";
const CONTROL = `${MUTE}, a, button, input, label, summary, [role=button], [contenteditable]`;
const colours = new CSSStyleSheet();
colours.replaceSync(`
::highlight(article-audio-sentence) { background: var(--aa-sentence, #ffc93c40) }
::highlight(article-audio-word) { background: var(--aa-word, #ffc93c); color: var(--aa-word-text, #000) }`);
const marks = globalThis.Highlight ? ["sentence", "word"].map((name) => {
  const mark = new Highlight();
  CSS.highlights.set(`article-audio-${name}`, mark);
  return mark;
}) : [];

class ReadAlong {
  quiet = 0;
  lit = [];
  over = new AbortController();

  constructor(player, selector) {
    const scope = player.getRootNode();
    const { signal } = this.over;
    Object.assign(this, { player, selector, scope });
    this.audio = spell(player.episode.segments.map((segment) => [segment, segment.written]));
    scope.adoptedStyleSheets = [...scope.adoptedStyleSheets.filter((sheet) => sheet !== colours), colours];
    scope.addEventListener("click", (event) => this.clicked(event), { signal });
    for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(name, () => { this.quiet = performance.now() + 5000; }, { signal, passive: true });
    }
    // Not put off by further changes, so that a page that never rests is matched all the same.
    this.observer = new MutationObserver(() => { this.timer ??= setTimeout(() => this.match(), 300); });
    this.observer.observe(scope, { childList: true, subtree: true, characterData: true });
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
    const { audio, page: old, player } = this;
    const parts = [];
    const read = (node) => {
      if (node.nodeType === 3) parts.push([node, node.data]);
      else if (node.nodeType === 1 && !node.matches(MUTE)) node.childNodes.forEach(read);
    };
    let root;
    for (const next of this.scope.querySelectorAll(this.selector)) if (!root?.contains(next)) read(root = next);
    const page = spell(parts);
    Object.assign(this, { page, timer: null, segment: null, word: null });
    if (page.text !== old?.text) {
      const map = (this.map = align(audio, page));
      let [matched, of] = [0, 0];
      for (let from = 0, to; from < map.length; from = to) {
        let found = 0;
        for (to = from; block(audio.of[to]) === block(audio.of[from]); to++) found += map[to] >= 0;
        // Less than half of a paragraph is chance.
        if (found * 2 < to - from) map.fill(-1, from, to);
        if (audio.of[from].block != null) {
          of++;
          matched += found === to - from;
        }
      }
      if (matched !== this.matched) player.tell("matched", { matched, of });
      this.matched = matched;
    }
    this.show(player.audio.currentTime);
  }

  // Light what is spoken at a time.
  show(time) {
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
    const { audio: { of, at }, page, map } = this;
    const wanted = (one, i) => one === segment && at[i] >= first && at[i] < last && (!loose || map[i] >= 0);
    const [from, to] = [of.findIndex(wanted), of.findLastIndex(wanted)];
    const [start, end] = [page.of[map[from]], page.of[map[to]]];
    if (!start || !end || map[to] - map[from] - to + from > (loose && to - from + 9)) return;
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
    const [mark, old] = [marks[which], this.lit[which]];
    if (mark && old) mark.delete(old);
    if (mark && range) mark.add(range);
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
    const { page: { of, at }, scope, map } = this;
    const { clientX: x, clientY: y, target } = event;
    if (target.closest(CONTROL) || String(getSelection())) return;
    const caret = document.caretPositionFromPoint?.(x, y, { shadowRoots: scope.host ? [scope] : [] })
      ?? document.caretRangeFromPoint?.(x, y);
    const node = caret?.offsetNode ?? caret?.startContainer;
    // The text nearest to a click may be far from it.
    if (!event.composedPath().includes(node?.parentNode)) return;
    // The letter there, or the nearest before it that is spoken, in this piece of text.
    let i = of.lastIndexOf(node);
    while (of[i] === node && (at[i] > (caret.offset ?? caret.startOffset) || !map.includes(i))) i--;
    if (of[i] === node) this.player.seek(this.audio.of[map.indexOf(i)].start);
  }
}
