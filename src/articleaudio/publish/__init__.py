"""Recording → Episode: captions, chapters, transcript, the public episode.json and the private receipt."""

from __future__ import annotations

from articleaudio.publish.episode import publish_episode

__all__ = ["publish_episode"]
