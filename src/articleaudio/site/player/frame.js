// What the page around a frame is told, and what it may ask for.
//
// A frame cannot know who frames it, and in a sandbox its own origin is "null", so messages go to any origin ("*"). That
// is safe because they hold nothing but what this public page shows anyway: which episode, where in it, how high.
// Commands are taken from the parent window only, whoever that is: all that they can do a listener can do as well.
const framed = parent !== window;

const say = (message) => {
  // An event may carry what cannot be cloned; playing must never fail because of a message.
  try { parent.postMessage(message, "*"); } catch {}
};

const sayOurs = (name, facts) => say({ ...facts, type: "article-audio", version: 1, name });

/* WordPress puts a secret into the hash, later than the page loads at times, and adds a second one to a first: the last counts. */
const secret = () => /.*secret=(\w{10})/.exec(location.hash)?.[1];

const sayHeight = () => {
  if (!document.querySelector("article-audio")) return;
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
  sayOurs("height", { height });
  // What embedly began and many hosts of embeds understand.
  say(JSON.stringify({ src: location.href, context: "iframe.resize", height }));
  if (secret()) say({ message: "height", value: height, secret: secret() });
};

// Heights do not wait for an episode: one that was withdrawn has a height too.
if (framed) {
  new ResizeObserver(sayHeight).observe(document.documentElement);
  addEventListener("load", sayHeight);
  addEventListener("hashchange", sayHeight);
  addEventListener("message", ({ source, data }) => {
    if (source === parent && data?.message === "ready" && data.secret === secret()) sayHeight();
  });
  // WordPress lets its sandbox open no window, but follows links to the host of the frame: there is the episode's page.
  addEventListener("click", (event) => {
    const link = event.composedPath().find((node) => node.target === "_blank" && node.href);
    if (!link || !secret() || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const value = link.host === location.host ? link.href : new URL(".", location.href).href;
    say({ message: "link", value, secret: secret() });
  });
}

/* Tell the parent what the player tells its page, and do what the parent asks for. */
const mirror = (player) => {
  if (!framed || Object.hasOwn(player, "tell")) return;
  const { tell } = player;
  const pass = (name, extra) => {
    const { audio, episode } = player;
    sayOurs(name, {
      ...extra, id: episode.id, time: audio.currentTime, duration: audio.duration || episode.audio?.duration || 0,
    });
  };
  player.tell = (name, extra) => {
    pass(name, extra);
    return tell.call(player, name, extra);
  };
  addEventListener("message", ({ source, data }) => {
    const { audio, episode } = player;
    if (source !== parent || data?.type !== "article-audio" || (data.id && data.id !== episode.id)) return;
    const { command, time, speed } = data;
    if (command === "play") audio.play()?.catch(() => {});
    if (command === "pause") audio.pause();
    if (command === "seek" && Number.isFinite(time)) player.seek(Math.max(0, time), !audio.paused);
    if (command === "speed" && speed >= 0.5 && speed <= 4) audio.playbackRate = speed;
  });
  pass("ready");
};
