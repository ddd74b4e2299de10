"""What commands that show no progress say of events: warnings, and for whom they wait."""

from __future__ import annotations

import click

from articleaudio import events


def talk(event: events.Event) -> None:
    """Say on stderr what a person must know of an event."""
    if isinstance(event, events.Warned):
        click.echo(f"warning: {event.message}", err=True)
    elif isinstance(event, events.OutputBusy):
        by = f" (process {event.pid} on {event.host}, since {event.since})" if event.pid else ""
        click.echo(f"waiting: another run is at work on {event.folder}{by}", err=True)
    elif isinstance(event, events.FileNotDelivered):
        click.echo(f"not delivered: {event.name}: {event.message}", err=True)
        click.echo(f"hint: {event.hint}", err=True)
    elif isinstance(event, events.DeliveryFinished):
        click.echo(delivered(event), err=True)


def delivered(event: events.DeliveryFinished) -> str:
    """Say in a line what a delivery came to."""
    parts = [f"{event.files} files sent ({event.size / 1_000_000:.2f} MB)", f"{event.removed} removed"]
    if event.failed:
        parts.append(f"{event.failed} failed")
    if event.held:
        parts.append(f"{event.held} held back, for they lead to what is not there")
    return f"{event.target}: {', '.join(parts)}"
