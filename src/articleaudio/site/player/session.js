// Media Session: the title on lock screens, and the keys of keyboards and headsets. Browsers
// play and pause by themselves. No picture: that would be a call to
// wherever the picture is.
const claimSession = (player) => {
  const { episode, following } = player;
  const session = navigator.mediaSession;
  if (!session) return;
  session.metadata = new MediaMetadata({ title: episode.title, artist: episode.authors.join(", ") });
  const acts = {
    seekbackward: () => player.skip(-15),
    seekforward: () => player.skip(15),
    seekto: ({ seekTime }) => player.seek(seekTime, false),
    nexttrack: following ? () => player.go(following) : null,
  };
  for (const name in acts) session.setActionHandler(name, acts[name]);
};
