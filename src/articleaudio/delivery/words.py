"""What a delivery came to, in a line for people."""

from __future__ import annotations

from articleaudio import events


def in_a_line(event: events.DeliveryFinished) -> str:
    """Say what a delivery came to."""
    noun = "file" if event.files == 1 else "files"
    parts = [f"{event.files} {noun} sent ({event.size / 1_000_000:.2f} MB)", f"{event.removed} removed"]
    if event.failed:
        parts.append(f"{event.failed} failed")
    if event.held:
        parts.append(f"{event.held} held back, for they lead to what is not there")
    return f"{event.target}: {', '.join(parts)}"
