// Ties an episode's page to its player: links to a time play from there, and the chapter that is heard is marked.
// Without this script, or without the player, those links open the MP3 at that time.
(() => {
  "use strict";
  const player = document.querySelector("article-audio");
  const chapters = [...document.querySelectorAll(".chapters a[data-seek]")];
  const start = (link) => Number(link.dataset.seek);
  let current = null;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-seek]");
    if (!link || !player?.audio || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    player.seek(start(link));
  });

  const follow = () => {
    const heard = chapters.findLast((link) => start(link) <= player.audio.currentTime + 0.01);
    if (heard === current) return;
    current?.removeAttribute("aria-current");
    heard?.setAttribute("aria-current", "true");
    current = heard;
  };

  // Sounds tell of themselves without bubbling, so they are listened to on the way down.
  for (const name of ["timeupdate", "seeking"]) {
    document.addEventListener(name, (event) => { if (player?.audio && event.target === player.audio) follow(); }, true);
  }
})();
