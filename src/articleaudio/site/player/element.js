// The custom element.
class ArticleAudio extends HTMLElement {
  static version = 1;

  connectedCallback() {
    // While the page is still being read, the children are not there yet.
    if (document.readyState !== "loading") this.start();
    else document.addEventListener("DOMContentLoaded", () => this.start(), { once: true });
  }

  start() {
    if (this.started) return;
    this.started = true;
    this.audio = this.querySelector("audio");
    if (this.audio && this.querySelector("[data-start]")) this.follow(this);
    else this.load();
  }

  /* Bring the markup below `root` to life: a click seeks, what is heard is marked. */
  follow(root) {
    const chapters = new Track(root.querySelectorAll(".chapters [data-start]"));
    const segments = new Track(root.querySelectorAll(".transcript [data-start]"));
    const { audio } = this;
    let frame = 0;
    const show = () => {
      chapters.follow(audio.currentTime);
      segments.follow(audio.currentTime);
    };
    const tick = () => {
      show();
      frame = audio.paused ? 0 : requestAnimationFrame(tick);
    };
    const run = () => { if (!frame) tick(); };
    for (const name of ["play", "playing", "seeking", "seeked"]) audio.addEventListener(name, run);
    audio.addEventListener("timeupdate", show);  // for pages in the background, which get no frames
    root.addEventListener("click", (event) => this.clicked(event));
    this.toggleAttribute("data-ready", true);
    const asked = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
    if (asked) audio.currentTime = Number(asked[1]);
  }

  clicked(event) {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const place = event.target.closest("[data-seek], [data-start]");
    const control = event.target.closest("a, button");
    if (!place || (control && control !== place)) return;
    if (!control && String(getSelection())) return;  // the reader is selecting text
    event.preventDefault();
    this.seek(Number(place.dataset.seek ?? place.dataset.start));
  }

  /* Play from a time in seconds. */
  seek(time) {
    this.audio.currentTime = time;
    this.audio.play().catch(() => {});  // a browser may want a gesture first; the position is set all the same
  }

  /* On a page of somebody else's: fetch the episode and draw what it holds. */
  async load() {
    try {
      const source = new URL(this.getAttribute("src") ?? "", document.baseURI);
      const answer = await fetch(source, { credentials: "omit" });
      if (!answer.ok) throw new Error(`episode.json: ${answer.status}`);
      const episode = await answer.json();
      if (episode.status !== "published" || episode.schema !== "articleaudio/episode/1") {
        this.audio?.pause();
        this.hidden = true;
        return;
      }
      this.draw(episode, source);
    } catch {
      if (!this.audio) this.hidden = true;  // with a plain player inside, that one stays
    }
  }

  draw(episode, source) {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet();
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = [style];
    if (!this.audio) {
      const address = new URL(episode.audio.file, source);
      if (!/^https?:$/.test(address.protocol)) throw new Error("no web address");
      this.audio = make("audio");
      Object.assign(this.audio, { controls: true, preload: "metadata", src: address.href });
      this.append(this.audio);
    }
    const language = this.closest("[lang]")?.lang || episode.language || "en";
    const [chapters, transcript] = LABELS[language.split("-")[0].toLowerCase()] ?? LABELS.en;
    root.append(make("slot"));
    if (episode.disclosure) root.append(make("p", episode.disclosure));
    if (episode.chapters.length > 1) root.append(this.list("chapters", chapters, episode.chapters, "title"));
    root.append(this.list("transcript", transcript, episode.segments, "written"));
    root.lastChild.lang = episode.language;
    this.follow(root);
  }

  list(kind, label, places, key) {
    const rows = places.map((place) => {
      const text = make("span", String(place[key]));
      text.className = "text";
      text.dir = "auto";
      const button = make("button", "", text, make("time", clock(place.start)));
      button.type = "button";
      button.dataset.start = Number(place.start);
      return make("li", "", button);
    });
    const box = make("details", "", make("summary", label), make("ol", "", ...rows));
    box.className = kind;
    box.open = kind === "chapters";
    return box;
  }
}

customElements.define("article-audio", ArticleAudio);
