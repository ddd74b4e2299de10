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

// A row of letters: for each the source it is of, its block, and where its sign stands there; and where words start.
const spell = (parts) => {
  const row = { text: "", of: [], at: [], starts: new Set() };
  for (const [source, string] of parts) {
    let at = -1;
    for (const sign of ` ${string} `) {
      for (const letter of fold(sign)) {
        if (letter === " ") row.starts.add(row.of.length);
        else {
          row.of.push(source);
          row.at.push(at);
          row.text += letter;
        }
      }
      at += sign.length;
    }
  }
  row.blocks = row.of.map((source) => source.block ?? source);
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

// For each letter of the audio its letter on the page, or less than nothing. Runs that are found once on either side are certain, in
// whatever order; they grow within their sentence; what is left is looked for between its neighbours, whole.
const align = (audio, page) => {
  const { of, text, blocks } = audio;
  const map = new Int32Array(of.length).fill(-9);
  const put = (from, to, at) => { while (from < to) map[from++] = at++; };
  const known = grams(page);
  for (const [gram, at] of grams(audio)) {
    const to = known.get(gram);
    // One that goes over the end of a paragraph may go on into a quotation of the next.
    if (to >= 0 && blocks[at] === blocks[at + gram.length - 1]) put(at, at + gram.length, to);
  }
  const grow = (i, step) => {
    const to = map[i - step] + step;
    if (map[i] < 0 && of[i] === of[i - step] && text[i] === page.text[to]) map[i] = to;
  };
  for (let i = 0; i < map.length; i++) grow(i, 1);
  for (let i = map.length; i--;) grow(i, -1);
  for (let from = 0, to, after = 0, last = -1; from < map.length; from = to) {
    for (to = from + 1; map[from] < 0 && map[to] < 0 && of[to] === of[from];) to++;
    for (after = Math.max(after, to); map[after] < 0;) after++;
    let low = (map[last] ?? -1) + 1;
    let high = map[after] >= low ? map[after] : page.text.length;
    // Nearest to what is of the same paragraph; nearest to the article where nothing is before.
    const back = last < 0 ? after < map.length : blocks[after] === blocks[from] && blocks[last] !== blocks[from];
    // A look no farther than that keeps a page that has little of the audio from being read again and again.
    if (back) low = Math.max(low, high - 2e4); else high = Math.min(high, low + 2e4);
    while (map[from] < 0 && audio.starts.has(from)) {
      const at = page.text.slice(low, high)[back ? "lastIndexOf" : "indexOf"](text.slice(from, to)) + low;
      const end = at + to - from;
      if (at < low) break;
      if (page.starts.has(at) && page.starts.has(end)) put(from, to, at);
      if (back) high = end - 1; else low = at + 1;
    }
    if (map[to - 1] >= 0) last = to - 1;
  }
  return map;
};

// What is no text of an article, and what a click means something else on.
const MUTE = "article-audio,script,style,noscript,textarea,select";
const CONTROL = MUTE + ",a,button,input,label,summary,[role=button],[contenteditable]";
const colours = new CSSStyleSheet();
colours.replaceSync(`
::highlight(article-audio-sentence) { background: var(--aa-sentence, #ffc93c40) }
::highlight(article-audio-word) { background: var(--aa-word, #ffc93c); color: var(--aa-word-text, #000) }`);

class ReadAlong {
  constructor(player, selector) {
    const { segments } = player.episode;
    const scope = player.getRootNode();
    const audio = spell(segments.map((segment) => [segment, segment.written]));
    const life = new AbortController();
    const options = { passive: true, signal: life.signal };
    let page, map, timer, shown, said;
    let quiet = 0;

    // Read the page; where its text is another than before, find in it what is spoken.
    const match = () => {
      const [parts, old] = [[], page?.text];
      const read = (node) => {
        if (node instanceof Text) parts.push([node, node.data]);
        else if (!node.matches?.(MUTE)) node.childNodes.forEach(read);
      };
      let root;
      for (const next of scope.querySelectorAll(selector)) if (!root?.contains(next)) read(root = next);
      page = spell(parts);
      if (page.text !== old) {
        map = align(audio, page);
        const { blocks } = audio;
        let [matched, of] = [0, 0];
        for (let from = 0, to; from < map.length; from = to) {
          let found = 0;
          for (to = from; blocks[to] === blocks[from]; to++) found += map[to] >= 0;
          // Less than half of a paragraph is chance.
          if (found * 2 < to - from) map.fill(-9, from, to);
          if (blocks[from] >= 0) {
            of++;
            matched += found === to - from;
          }
        }
        if (matched !== this.matched) player.tell("matched", { matched, of });
        this.matched = matched;
      }
      timer = shown = said = null;
      this.show(player.audio.currentTime);
    };

    // Light some characters of a segment, where the page has them in one; a loose range may hold more, or less.
    const light = (name, segment, first, last, loose) => {
      if (!globalThis.Highlight) return;
      const { of, at } = audio;
      const wanted = (one, i) => one === segment && at[i] >= first && at[i] < last && (!loose || map[i] >= 0);
      const [from, to] = [of.findIndex(wanted), of.findLastIndex(wanted)];
      const [start, end] = [page.of[map[from]], page.of[map[to]]];
      const key = "article-audio-" + name;
      const lit = CSS.highlights.get(key) ?? new Highlight();
      // Some browsers paint only what leaves a highlight anew, and that without the space between lines: the whole block leaves.
      for (const old of lit) {
        let node = old.commonAncestorContainer;
        while (node.parentNode && (!node.tagName || getComputedStyle(node).display === "inline")) node = node.parentNode;
        old.selectNodeContents(node);
      }
      lit.clear();
      CSS.highlights.set(key, lit);
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
      lit.add(range);
      // Bring it into view, unless the reader looks elsewhere.
      if (!loose || !player.hasAttribute("follow") || player.audio.paused || Date.now() < quiet) return;
      const { top, bottom } = range.getBoundingClientRect();
      const behavior = matchMedia("(prefers-reduced-motion)").matches ? "instant" : "smooth";
      if (top < 0 || bottom > innerHeight) scrollBy({ top: top - innerHeight / 3, behavior });
    };

    const click = (event) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      if (event.target.closest(CONTROL) || String(getSelection())) return;
      const { of, at } = page;
      const name = document.caretPositionFromPoint ? "caretPositionFromPoint" : "caretRangeFromPoint";
      const caret = document[name](event.clientX, event.clientY, scope.host && { shadowRoots: [scope] });
      const node = caret?.offsetNode ?? caret?.startContainer;
      // The text nearest to a click may be far from it.
      if (!event.composedPath().includes(node?.parentNode)) return;
      // The letter there, or the nearest before it that is spoken, in this piece of text.
      let i = of.lastIndexOf(node);
      while (of[i] === node && (at[i] > (caret.offset ?? caret.startOffset) || !map.includes(i))) i--;
      if (of[i] === node) player.seek(audio.of[map.indexOf(i)].start);
    };

    // Light what is spoken at a time.
    this.show = (time) => {
      const segment = segments[placeAt(segments, time)];
      const word = (time < segment?.end && segment.words.findLast(([start]) => start <= time + 0.01)) || 0;
      if (segment !== shown) light("sentence", (shown = segment), 0, 1e5, true);
      if (word !== said) light("word", (said = word) && segment, word[2], word[3]);
    };

    this.close = () => {
      clearTimeout(timer);
      life.abort();
      observer.disconnect();
      light("sentence");
      light("word");
    };

    scope.adoptedStyleSheets = [...new Set(scope.adoptedStyleSheets).add(colours)];
    scope.addEventListener("click", click, options);
    for (const name of ["wheel", "touchmove", "keydown"]) addEventListener(name, () => { quiet = Date.now() + 5000; }, options);
    // Not put off by further changes, so that a page that never rests is matched all the same.
    const observer = new MutationObserver(() => { timer ??= setTimeout(match, 300); });
    observer.observe(scope, { childList: true, subtree: true, characterData: true });
    match();
  }
}
