"""What commands that show no progress say of events: warnings, and for whom they wait."""

from __future__ import annotations

import click

from articleaudio import events
from articleaudio.delivery.words import in_a_line


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
        click.echo(in_a_line(event), err=True)
