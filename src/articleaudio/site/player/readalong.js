// Read-along: finds what is spoken in the text of the publisher's page, lights the word and the sentence, plays from a click.
//
// Page and audio are compared as letters alone: compatibility forms taken apart, lower case, without marks, spaces and
// punctuation. So no-break spaces, soft hyphens, quotes, emoji, ligatures, line breaks and markup make no difference, and
// every letter still knows the text node and the place it came from. The page is never written to.
const folded = new Map();

// The letters of one sign; "" for what may stand inside a word (accents, soft hyphens), " " for what ends one.
// Modifier letters are left out: one of them is an apostrophe.
const fold = (sign) => {
  if (!folded.has(sign)) {
    const plain = sign.normalize("NFKD").toLowerCase().replace(/[^\p{Ll}\p{Lo}\p{N}\p{Sc}\p{Sm}%&@#°]/gu, "");
    folded.set(sign, plain || (/[\p{M}\p{Cf}]/u.test(sign) ? "" : " "));
  }
  return folded.get(sign);
};

// A row of letters: for each the source it is from and where its sign starts and ends there.
class Letters {
  text = "";
  of = [];
  at = [];
  end = [];
  starts = new Set();
  first = new Map();

  add(source, string) {
    let [at, fresh] = [0, true];
    this.first.set(source, this.of.length);
    for (const sign of string) {
      const letters = fold(sign);
      if (letters === " ") fresh = true;
      else {
        if (letters && fresh) {
          this.starts.add(this.of.length);
          fresh = false;
        }
        for (let i = 0; i < letters.length; i++) {
          this.of.push(source);
          this.at.push(at);
          this.end.push(at + sign.length);
        }
        this.text += letters;
      }
      at += sign.length;
    }
  }
}

const GRAM = 16;
const REACH = 20000;

// Where each run of letters that begins with a word stands; -1 where it stands more than once.
const grams = ({ text, starts }) => {
  const found = new Map();
  for (const at of starts) {
    const gram = text.slice(at, at + GRAM);
    found.set(gram, found.has(gram) ? -1 : at);
  }
  return found;
};

// For each letter of the audio its letter on the page, or -1. Runs that are found once on either side are certain, in
// whatever order; they grow within their sentence; what is left is looked for between its neighbours, whole.
const align = (audio, page) => {
  const [heard, seen] = [audio.text, page.text];
  const map = new Int32Array(heard.length).fill(-1);
  const known = grams(page);
  for (const [gram, at] of grams(audio)) {
    const to = known.get(gram);
    if (at >= 0 && to >= 0) for (let i = 0; i < gram.length; i++) map[at + i] = to + i;
  }
  const grow = (i, step) => {
    const to = map[i - step] + step;
    if (map[i] < 0 && map[i - step] >= 0 && audio.of[i] === audio.of[i - step] && heard[i] === seen[to]) map[i] = to;
  };
  for (let i = 0; i < map.length; i++) grow(i, 1);
  const next = new Int32Array(map.length + 1).fill(map.length);
  for (let i = map.length - 1; i >= 0; i--) {
    grow(i, -1);
    next[i] = map[i] < 0 ? next[i + 1] : i;
  }
  const near = (i, other) => audio.of[i]?.block === audio.of[other]?.block;
  let last = -1;
  for (let from = 0, to; from < map.length; from = to) {
    to = from + 1;
    if (map[from] < 0) {
      while (to < next[from] && audio.of[to] === audio.of[from]) to++;
      let low = last < 0 ? 0 : map[last] + 1;
      let high = next[to] < map.length ? map[next[to]] : seen.length;
      if (high < low) high = seen.length;
      // Nearest to what belongs to the same paragraph, and to the article where nothing is before.
      const back = next[to] < map.length && (last < 0 || (near(next[to], from) && !near(last, from)));
      if (back) low = Math.max(low, high - REACH);
      else if (last >= 0) high = Math.min(high, low + REACH);
      const at = audio.starts.has(from) && find(page, heard.slice(from, to), low, high, back);
      if (at >= 0 && at !== false) for (let i = from; i < to; i++) map[i] = at + i - from;
    }
    if (map[to - 1] >= 0) last = to - 1;
  }
  return map;
};

// Where a text stands as whole words between two places of the page, the first or the last time; -1 for nowhere.
const find = ({ text, starts }, part, low, high, back) => {
  const room = text.slice(low, high);
  let at = back ? room.lastIndexOf(part) : room.indexOf(part);
  const whole = (end) => starts.has(low + at) && (end === text.length || starts.has(end));
  while (at >= 0 && !whole(low + at + part.length)) {
    if (back) at = at ? room.lastIndexOf(part, at - 1) : -1;
    else at = room.indexOf(part, at + 1);
  }
  return at < 0 ? at : low + at;
};
