// The controls.
const drawPlay = (player) => button("play", "", () => player.toggle());

const drawTitle = ({ episode }) => make("p.title", { dir: "auto", lang: episode.language }, episode.title);

// The mark of what a machine has spoken.
const drawMark = ({ episode }) => (episode.disclosure ? make("abbr.mark", { title: episode.disclosure }, "AI") : "");

// Moving the scrubber shows where one would be, letting go goes there.
const drawRail = (player) => {
  const range = make("input.scrubber", {
    type: "range",
    step: "any",
    "aria-label": "Audio",
    input: () => player.show((player.held = range.value)),
    change: () => player.seek(range.value, (player.held = false)),
  });
  const marks = player.episode.chapters.slice(1).map(({ start }) => {
    const mark = make("i.chapter-mark");
    mark.style.insetInlineStart = (start / player.duration) * 100 + "%";
    return mark;
  });
  return make("div.line", {}, make("span.now"), make("div.rail", {}, range, make("div.marks", {}, ...marks)), make("span.total"));
};

const drawBar = (player) => {
  const { audio, labels } = player;
  const change = () => (audio.playbackRate = audio.defaultPlaybackRate = speed.value);
  const rates = [0.75, 1, 1.25, 1.5, 1.75, 2].map((value) => make("option", { value }, value + "×"));
  const speed = make("select.button speed", { "aria-label": labels.speed, change }, ...rates);
  const input = () => (audio.muted = !+(audio.volume = volume.value));
  const volume = make("input.volume", { type: "range", max: 1, step: 0.05, "aria-label": labels.volume, input });
  return make(
    "div.bar",
    {},
    button("back", "−15", () => player.skip(-15)),
    button("forward", "+15", () => player.skip(15)),
    speed,
    button("mute", "", () => (audio.muted = !audio.muted), labels.volume),
    volume,
    make("span.gap"),
    ...player.panels.map(({ toggle }) => toggle),
    button("share", labels.share, () => share(player)),
    player.getAttribute("downloads") === "off"
      ? ""
      // What lies on another host is opened instead, but not in place of the article.
      : make("a.button download", { href: player.episode.audio.file, download: "", target: "_blank", click: () => player.tell("download") }, labels.download),
  );
};

// A link to this page, or from a frame to the episode's own, that starts at the current time.
const share = async (player) => {
  const { href } = new URL("#t=" + Math.floor(player.audio.currentTime), self === top ? location : new URL(".", player.episode.base));
  player.tell("share", { href });
  // Frames may not be allowed to do either: then the link is there to be copied by hand.
  player.say(href);
  try {
    if (navigator.share) await navigator.share({ url: href });
    else {
      await navigator.clipboard.writeText(href);
      player.say("✓ " + href);
    }
  } catch {}
};

// Keys work while the focus is in the player, and are left to what takes text or has a use of its own for them.
const press = (player, event) => {
  const target = event.composedPath()[0];
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest("select, .search, .volume")) return;
  const { audio } = player;
  const step = getComputedStyle(player).direction === "rtl" ? -5 : 5;
  const act = {
    k: () => player.toggle(),
    j: () => player.skip(-15),
    l: () => player.skip(15),
    m: () => (audio.muted = !audio.muted),
    ...(!target.closest(".panel") && {
      arrowleft: () => player.skip(-step),
      arrowright: () => player.skip(step),
      home: () => player.seek(0, false),
      end: () => player.seek(player.duration, false),
      ...(!target.closest("button, a") && { " ": () => player.toggle() }),
    }),
  }[event.key.toLowerCase()];
  if (act) {
    event.preventDefault();
    act();
  }
};
