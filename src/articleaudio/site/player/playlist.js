// More episodes, from a playlist.json.
const readQueue = async (address) => {
  const [raw, base] = address ? await fetchJson(address).catch(() => []) : [];
  return pour(raw, { episodes: [{ title: "", src: URL, duration: 0 }] }, base).episodes.filter(({ src }) => src);
};

const drawQueue = (player) =>
  drawList(
    player.queue.map((entry) => {
      const row = drawRow(entry.duration, entry.title, "episode", () => player.go(entry));
      if (entry.src === player.episode.base) row.setAttribute("aria-current", true);
      return row;
    }),
    "",
  );

// Whether the next episode follows by itself is for the listener to say.
const drawOnward = (player) => {
  const tick = make("input", { type: "checkbox", change: () => (player.onward = tick.checked) });
  tick.checked = player.onward ??= player.getAttribute("autonext") !== "off";
  return make("label.onward", {}, tick, player.labels.autoplay);
};
