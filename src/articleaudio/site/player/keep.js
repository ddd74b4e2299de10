// What is kept between visits, and only with `remember="on"`: the speed, and where the last 50 episodes were left.
// In a sandboxed frame the mere mention of storage throws, and what is stored may be anything.
const remembers = (player) => player.episode && player.getAttribute("remember") === "on";

const readKept = (player) => {
  let kept;
  try {
    kept = remembers(player) && JSON.parse(localStorage["article-audio"]);
  } catch {}
  return pour(kept, { speed: 0, places: [{ id: "", time: 0 }] });
};

const keepPlace = (player) => {
  if (!remembers(player)) return;
  const { id } = player.episode;
  const { currentTime: time, defaultPlaybackRate: speed } = player.audio;
  const places = readKept(player).places.filter((place) => place.id !== id).slice(-49);
  if (time > 5 && time < player.duration - 10) places.push({ id, time });
  try {
    localStorage["article-audio"] = JSON.stringify({ speed, places });
  } catch {}
};

// The time that the page's address names, `#t=83` or `#t=1:23`; only the first player of a page goes by it.
const askedTime = (player) => {
  const named = /^#t=([\d:.]+)$/.exec(location.hash)?.[1];
  if (named && document.querySelector("article-audio") === player) return named.split(":").reduce((sum, part) => sum * 60 + +part, 0);
};
