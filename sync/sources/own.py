"""What the company itself has written down, as one source: the tables of the folder `settings` beside the snapshots."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sync.sources import lead_time, same_party
from sync.sources.written import FOLDER, NAME
from sync.table import Done, Item, Since, Source

TABLES = (lead_time.LEAD_TIME, same_party.SAME_PARTY)


def is_there(data: Path) -> bool:
    """Whether a data folder has anything of it."""
    return (data / FOLDER).is_dir()


def source(data: Path) -> Source:
    """The files of a data folder as a source."""
    return Source(NAME, "main", TABLES, lambda since: pull(data, since))


def pull(data: Path, since: Since) -> Iterator[Item | Done]:
    """Yield the rows of each file, anew each time."""
    yield from lead_time.pull(data / lead_time.FILE)
    yield from same_party.pull(data / same_party.FILE)
    yield Done(since.now.isoformat())
