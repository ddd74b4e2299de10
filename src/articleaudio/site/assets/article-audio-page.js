// Ties an episode's page to its player: links to a time play from there, the chapter that is heard is marked, and where
// the player goes on to another episode, the page becomes that episode's, without a break in the sound.
// Without this script, or without the player, links to a time open the MP3 there.
(() => {
  "use strict";
  const player = document.querySelector("article-audio");
  const PARTS = ["title", "link[rel=canonical]", ".headline", ".side", ".transcript"];  // what differs from page to page
  const chapters = () => [...document.querySelectorAll(".chapters a[data-seek]")];
  const start = (link) => Number(link.dataset.seek);
  let [shown, place] = ["", location.pathname];  // the episode whose page this is, and where that lies

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-seek]");
    if (!link || !player?.audio || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    player.seek(start(link));
  });

  const follow = () => {
    const heard = chapters().findLast((link) => start(link) <= player.audio.currentTime + 0.01);
    if (heard?.ariaCurrent) return;
    for (const link of chapters()) link.ariaCurrent = link === heard || null;
  };

  // Sounds tell of themselves without bubbling, so they are listened to on the way down.
  for (const name of ["timeupdate", "seeking"]) {
    document.addEventListener(name, (event) => { if (player?.audio && event.target === player.audio) follow(); }, true);
  }

  // Another page, as a document: nothing in it runs, whatever a policy demands of scripts that parse.
  const pageAt = (address) => new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.responseType = "document";
    request.onload = () => (request.status === 200 ? done(request.response) : failed());
    request.onerror = failed;
    request.open("GET", address);
    request.send();
  });

  // Links on pages name index.html: where this page's own address does, its host may need it.
  const become = async () => {
    const { base } = player.episode;
    const to = new URL(place.endsWith("/index.html") ? "index.html" : ".", base);
    if (to.origin !== location.origin) return;
    const page = await pageAt(to);
    if (base !== player.episode.base) return;  // the listener went on meanwhile
    const parts = PARTS.map((part) => [document.querySelector(part), page.querySelector(part)]);
    history.pushState(null, "", to);
    [shown, place] = [base, location.pathname];
    for (const [before, now] of parts) if (before && now) before.replaceWith(now);
    document.documentElement.lang = page.documentElement.lang;
    scrollTo({ top: 0, behavior: "instant" });
  };

  // The page stays as it is when the other one cannot be had: the player tells what is heard.
  player?.addEventListener("article-audio", ({ detail }) => {
    if (detail.name !== "ready") return;
    shown ||= player.episode.base;
    if (shown !== player.episode.base) become().catch(() => {});
  });
  addEventListener("popstate", () => { if (location.pathname !== place) location.reload(); });
})();
