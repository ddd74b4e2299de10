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
