// More episodes, from a playlist.json.
const readQueue = async (player) => {
  try {
    const [raw, base] = await fetchJson(player.getAttribute("playlist") || "");
    return pour(raw, { episodes: [{ title: "", src: URL, duration: 0 }] }, base).episodes.filter(({ src }) => src);
  } catch {
    return [];
  }
};

const drawQueue = (player) =>
  drawList(
    player.queue.map((entry) => {
      const row = drawRow(entry.duration, entry.title, "", () => player.go(entry));
      if (entry.src === player.episode.base) row.setAttribute("aria-current", true);
      return row;
    }),
    "",
  );
