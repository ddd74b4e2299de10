// The custom element.
class ArticleAudio extends HTMLElement {
  static version = 2;
  static observedAttributes = ["src", "bind", "playlist", "lang", "downloads"];

  turn = 0;

  connectedCallback() {
    // While the page is still being read, the children are not there yet.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => this.connectedCallback(), { once: true });
    else {
      if (!this.audio) this.listen();
      this.load();
    }
  }

  disconnectedCallback() {
    this.turn++;
    this.reading?.close();
  }

  attributeChangedCallback(name, old, value) {
    if (this.audio && this.isConnected && old !== value) this.load();
  }

  listen() {
    const audio = (this.audio = this.querySelector("audio") ?? make("audio", { preload: "metadata" }));
    // Errors of a <source> do not rise to the <audio>, but are caught on their way down.
    const on = (target, names, act) => {
      for (const name of names.split(" ")) target.addEventListener(name, () => this.episode && this.isConnected && act(name), true);
    };
    watchView(this);
    let [frame, told, since] = [0, 0, 0];
    const show = () => {
      const now = performance.now();
      if (audio.paused || told !== audio.currentTime) [told, since] = [audio.currentTime, now];
      // Some browsers tell the time in steps of 40 ms: meanwhile the sound goes on.
      this.held || this.show(told + (Math.min(now - since, 40) / 1000) * audio.playbackRate);
    };
    const tick = () => {
      show();
      frame = audio.paused ? 0 : requestAnimationFrame(tick);
    };
    on(audio, "play seeking seeked", () => frame || tick());
    // For pages in the background, which get no frames.
    on(audio, "timeupdate", show);
    on(audio, "timeupdate ended", () => this.count());
    on(audio, "durationchange ratechange volumechange play pause ended", () => this.showState());
    on(audio, "play", () => {
      if (ArticleAudio.heard !== audio) ArticleAudio.heard?.pause();
      ArticleAudio.heard = audio;
      claimSession(this);
    });
    on(audio, "play pause ended", (name) => this.tell(name));
    on(audio, "seeking", () => this.tell("seek"));
    on(audio, "ratechange", () => this.tell("speed", { speed: audio.playbackRate }));
    on(audio, "pause ratechange", () => keepPlace(this));
    on(audio, "error", () => {
      audio.pause();
      this.fail("audio");
    });
    on(audio, "ended", () => this.onward && this.following && this.go(this.following));
    on(window, "pagehide", () => keepPlace(this));
    on(window, "hashchange", () => this.seek(askedTime(this)));
  }

  // Fetch the episode and draw it.
  async load() {
    const turn = ++this.turn;
    const { audio, going } = this;
    let episode = null;
    let reason;
    this.going = false;
    try {
      episode = readEpisode(await fetchJson(this.getAttribute("src")));
    } catch (error) {
      reason = error.big ? error : error.name === "SyntaxError" ? "broken" : "missing";
    }
    const queue = await readQueue(this.getAttribute("playlist"));
    if (turn !== this.turn) return;
    // One that was withdrawn from under a playlist leaves what is heard.
    if (!episode && going) reason ??= "missing";
    // What was withdrawn is hidden. Where there is nothing, a plain player inside stays what it is.
    this.hidden = !episode && (!reason || !audio.isConnected);
    if (reason) this.fail(reason);
    if (!episode) return audio.pause();
    if (!audio.isConnected) this.append(audio);
    const fresh = episode.id !== this.episode?.id;
    // The page's address names a time in its own episode, not in those that follow.
    const asked = this.episode ? undefined : askedTime(this);
    this.queue = queue;
    this.episode = episode;
    if ((audio.currentSrc || audio.src) !== episode.audio.file) audio.src = episode.audio.file;
    if (fresh) {
      this.reached = 0;
      const { speed, places } = readKept(this);
      if (speed) audio.playbackRate = audio.defaultPlaybackRate = Math.min(2, Math.max(0.75, speed));
      this.seek(asked ?? places.find(({ id }) => id === episode.id)?.time, false);
    }
    this.draw();
    const selector = this.getAttribute("bind");
    this.reading?.close();
    this.reading = selector && new ReadAlong(this, selector);
    this.show();
    this.setAttribute("data-ready", "");
    this.tell("ready");
    if (going) this.play();
  }

  fail(reason) {
    this.say(this.labels?.gone);
    this.tell("error", { reason });
  }

  get duration() {
    return (this.audio.duration < Infinity && this.audio.duration) || this.episode?.audio.duration || 1;
  }

  // What follows this episode in the playlist.
  get following() {
    return this.queue[this.queue.findIndex(({ src }) => src === this.episode.base) + 1];
  }

  go({ src }) {
    this.tell("next", { src });
    this.going = true;
    this.setAttribute("src", src);
  }

  draw() {
    const { episode, queue } = this;
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const focused = root.activeElement;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.labels = labelsFor(this.closest("[lang]")?.lang || episode.language);
    this.chapters = new Track(this, episode.chapters, "title");
    this.segments = new Track(this, episode.segments, "written");
    this.panels = [
      episode.chapters[1] && drawPanel(this, "chapters", this.chapters.list),
      episode.segments[0] && drawPanel(this, "transcript", drawSearch(this.labels.search, this.segments), this.segments.list),
      queue[0] && drawPanel(this, "playlist", drawOnward(this), drawQueue(this)),
    ].filter(Boolean);
    root.replaceChildren(
      make(
        "div.player",
        { role: "group", "aria-label": episode.title, keydown: (event) => press(this, event) },
        make("div.head", {}, drawPlay(this), make("div.about", {}, make("p.kicker", {}, this.labels.listen), drawTitle(this))),
        drawRail(this),
        drawBar(this),
        make("p.message", { role: "status" }),
        make("p.disclosure", { dir: "auto", lang: episode.disclosure_language || episode.language }, drawMark(this), episode.disclosure),
        make("p.credit", { dir: "auto" }, episode.voice.attribution),
        ...this.panels.map(({ panel }) => panel),
        make("p.address", {}, episode.url || location.href),
      ),
      drawMini(this),
    );
    this.showState();
    this.open(this.opened);
    if (focused) this.find("play").focus();
  }

  find(part) {
    return this.shadowRoot?.querySelector("." + part);
  }

  say(text) {
    this.find("message")?.replaceChildren(text);
  }

  open(opened) {
    this.opened = opened;
    for (const { name, panel, toggle } of this.panels) {
      panel.hidden = name !== opened;
      toggle.ariaExpanded = name === opened;
    }
    for (const track of [this.chapters, this.segments]) track.reveal(track.rows[track.at]);
  }

  showMini() {
    const mini = this.find("mini");
    if (mini) mini.hidden = !this.hasAttribute("mini") || !this.away || (this.audio.paused && mini.hidden);
  }

  // What changes now and then.
  showState() {
    const { audio, duration, labels } = this;
    for (const play of this.shadowRoot.querySelectorAll(".play")) {
      play.ariaLabel = audio.paused ? labels.listen : labels.pause;
      play.classList.toggle("on", !audio.paused);
    }
    this.find("total").textContent = clock(duration);
    this.find("scrubber").max = duration;
    this.find("speed").value = audio.playbackRate;
    this.find("volume").value = audio.muted ? 0 : audio.volume;
    this.find("mute").ariaPressed = !audio.muted;
    this.showMini();
  }

  // What changes with time.
  show(time = this.audio.currentTime) {
    const range = this.find("scrubber");
    range.value = time;
    range.ariaValueText = clock(time) + " / " + clock(this.duration);
    for (const now of this.shadowRoot.querySelectorAll(".now")) now.textContent = clock(time);
    this.segments.follow(time);
    if (this.chapters.follow(time) && !this.audio.paused) {
      this.tell("chapter", { chapter: this.chapters.at, title: this.episode.chapters[this.chapters.at]?.title });
    }
    this.reading?.show(time);
  }

  // Tell of each quarter once.
  count() {
    const { audio } = this;
    const percent = audio.ended ? 100 : (audio.currentTime / this.duration) * 100;
    while (this.reached < 100 && percent >= this.reached + 25) this.tell("progress", { percent: (this.reached += 25) });
  }

  tell(name, extra) {
    const { audio, duration, episode } = this;
    const detail = { name, id: episode?.id, url: episode?.url, time: audio.currentTime, duration, ...extra };
    this.dispatchEvent(new CustomEvent("article-audio", { bubbles: true, composed: true, detail }));
  }

  toggle() {
    if (this.audio.paused) this.play();
    else this.audio.pause();
  }

  play() {
    const { audio } = this;
    const { currentTime } = audio;
    this.say("");
    // What broke off is asked for again.
    if (audio.error) {
      audio.load();
      audio.currentTime = currentTime;
    }
    // A browser may want a gesture first; a pause or another file right behind is no fault.
    audio.play().catch(({ name }) => name === "NotAllowedError" && this.tell("error", { reason: "blocked" }));
  }

  // Go to a time in seconds, and play.
  seek(time, play = true) {
    if (!Number.isFinite(+time)) return;
    this.audio.currentTime = Math.min(Math.max(0, time), this.duration);
    if (play) this.play();
  }

  skip(seconds) {
    this.seek(this.audio.currentTime + seconds, false);
  }
}

customElements.define("article-audio", ArticleAudio);
