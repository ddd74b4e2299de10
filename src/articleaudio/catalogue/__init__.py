"""The catalogue: an index over the receipts of one output, so that a hundred thousand episodes are looked up cheaply.

The receipts are the truth. The catalogue is a SQLite file in the state folder, written by whoever plans and never by a
worker; `sync` makes it equal to the receipts, reading only those that changed, and one that is lost or damaged is made
anew from them.
"""

from __future__ import annotations

from articleaudio.catalogue.index import Catalogue
from articleaudio.catalogue.sources import Held
from articleaudio.publish.entry import Entry

__all__ = ["Catalogue", "Entry", "Held"]
