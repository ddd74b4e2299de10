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

/* What the parent may ask for; of several players the first is meant, or the one whose episode has the `id`. */
const obey = ({ command, id, time, speed }) => {
  const players = [...document.querySelectorAll("article-audio")];
  const player = players.find(({ episode }) => episode && (!id || id === episode.id));
  if (!player) return;
  const { audio } = player;
  if (command === "play") player.play();
  if (command === "pause") audio.pause();
  if (command === "seek" && Number.isFinite(time)) player.seek(Math.max(0, time), !audio.paused);
  if (command === "speed" && speed >= 0.5 && speed <= 4) audio.playbackRate = audio.defaultPlaybackRate = speed;
};

// Nothing here waits for an episode: one that was withdrawn has a height too, and one that is missing tells of an error.
if (framed) {
  new ResizeObserver(sayHeight).observe(document.documentElement);
  addEventListener("load", sayHeight);
  addEventListener("hashchange", sayHeight);
  addEventListener("article-audio", ({ detail }) => sayOurs(detail.name, detail));
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || !data) return;
    if (data.type === "article-audio") obey(data);
    if (data.message === "ready" && data.secret === secret()) sayHeight();
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
