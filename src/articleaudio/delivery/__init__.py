"""Delivery of an output to an object store (`--out s3://bucket/prefix`).

The output is made in a folder beside its receipts, the mirror, which is exactly what the public may see; from there,
what differs from the ledger of what was delivered goes up, audio first, feeds last. Nothing else is ever sent.
"""

from __future__ import annotations

from articleaudio.delivery.outlet import Outlet, folder_of, open_outlet

__all__ = ["Outlet", "folder_of", "open_outlet"]
