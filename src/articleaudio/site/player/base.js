// What all parts use.
const clock = (seconds) => {
  const whole = Math.floor(seconds);
  const two = (n) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
};

const make = (tag, text, ...children) => {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  element.append(...children);
  return element;
};

/* Index of the last place that starts at or before a time, -1 before the first. */
const placeAt = (places, time) => {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle].start <= time + 0.01) low = middle + 1; else high = middle;
  }
  return low - 1;
};

/* One row of things that follow each other in time, of which one is current: chapters, or segments. */
class Track {
  constructor(elements) {
    this.places = [...elements]
      .map((element) => ({ element, start: Number(element.dataset.start) }))
      .filter(({ start }) => Number.isFinite(start));
    this.current = -1;
  }

  follow(time) {
    const at = placeAt(this.places, time);
    if (at === this.current) return;
    this.places[this.current]?.element.removeAttribute("aria-current");
    this.places[at]?.element.setAttribute("aria-current", "true");
    this.current = at;
  }
}
