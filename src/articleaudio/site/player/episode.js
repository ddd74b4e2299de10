// An episode.json, made safe. It may be broken or hostile, so it is poured into a form: what is no text is "", what is no
// time is 0, what is no web address is "" (`javascript:` above all), and nothing is longer than a page can bear.
const EPISODE = {
  base: URL, id: "", language: "", title: "", site: "", section: "", authors: [""], url: URL, disclosure: "", disclosure_language: "",
  voice: { name: "", attribution: "" },
  audio: { file: URL, duration: 0 },
  chapters: [{ title: "", start: 0, end: 0 }],
  segments: [{ id: "", role: "", block: null, start: 0, end: 0, written: "", words: [[0]] }],
};

const pour = (value, form, base) => {
  if (form === null) return Number.isInteger(value) ? value : form;
  if (form === "") return typeof value === "string" ? value.slice(0, 10000) : form;
  if (form === 0) return typeof value === "number" && value > 0 && value < 1e6 ? value : form;
  if (form === URL) {
    const address = value && URL.canParse(value, base) ? new URL(value, base).href : "";
    return /^https?:/.test(address) ? address : "";
  }
  return Object.freeze(
    Array.isArray(form)
      ? (Array.isArray(value) ? value : []).slice(0, 20000).map((each) => pour(each, form[0], base)).sort((a, b) => a.start - b.start || 0)
      : Object.fromEntries(Object.keys(form).map((key) => [key, pour(value?.[key], form[key], base)])),
  );
};

// The episode; null for one that was withdrawn. Throws the reason why there is none.
const readEpisode = ([raw, base]) => {
  if (raw?.schema !== "articleaudio/episode/1") throw "schema";
  if (raw.status === "retracted") return null;
  const episode = pour({ ...raw, base }, EPISODE, base);
  if (!episode.audio.file) throw "broken";
  return episode;
};
