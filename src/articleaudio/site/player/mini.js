// The bar that stays in view when the player is scrolled away while it plays. Whoever closes it is not shown it again
// before the player itself was in view.
const drawMini = (player) =>
  make(
    "div.mini",
    {},
    drawPlay(player),
    drawTitle(player),
    drawMark(player),
    make("span.now"),
    button("close", "✕", () => player.showMini((player.away = false)), player.labels.close),
  );

const watchView = (player) =>
  new IntersectionObserver(([{ isIntersecting }]) => player.showMini((player.away = !isIntersecting))).observe(player);
