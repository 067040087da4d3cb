"""What can stop a sync, named by who can mend it.

    SyncError
    ├─ SourceError(source)                one source failed; the others go on
    │  ├─ SourceUnavailable               try later; retried
    │  ├─ SourceRefused                   a person must act: password, rights, publication
    │  └─ SourceChanged(table, column)    the shape is not what was declared
    ├─ LoadFailed(table)                  the mirror could not take the rows
    ├─ ModelFailed(file, detail)          a file of sql/ does not run or does not match its header
    ├─ CheckFailed(claim, rows)           an integrity check found rows; the old snapshot stays
    ├─ PublishFailed(step)                the new snapshot could not be put in place
    ├─ Busy(holder)                       another sync runs
    ├─ Unwritable(path)                   the data folder cannot be written
    ├─ NoSnapshot(data)                   nothing has been published yet
    ├─ SnapshotBroken(file, detail)       what was published cannot be read
    ├─ UnknownSource(names, known)        no such source, or it is not set up
    ├─ BadSettings(detail)                the settings cannot be read
    ├─ Outgrown(sources)                  the mirror of a source lacks columns that the program asks for
    └─ DemoRefused(data)                  the demo would overwrite a real mirror

Each carries its values; the message is made here, once: what, why, what to try.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

SHOWN_ROWS = 10


class SyncError(Exception):
    """Anything that stops a sync, or a part of one. The text is meant for a person."""


class SourceError(SyncError):
    """A source could not be read. source: its name; what: what happened; hint: what to try."""

    def __init__(self, source: str, what: str, hint: str) -> None:
        super().__init__(f"{source}: {what.rstrip('.')}. {hint.rstrip('.')}.")
        self.source = source
        self.what = what
        self.hint = hint


class SourceUnavailable(SourceError):
    """The source does not answer now: network, time-out, 429, 5xx, a truncated answer. Trying later may be enough."""

    def __init__(
        self, source: str, what: str, hint: str = "Try later; if it stays so, see that the server answers in a browser"
    ) -> None:
        super().__init__(source, what, hint)


class SourceRefused(SourceError):
    """The source answers and says no: wrong password, no right, nothing published. A person must act."""

    def __init__(
        self, source: str, what: str, hint: str = "Check the login, its rights and the address in the settings"
    ) -> None:
        super().__init__(source, what, hint)


class SourceChanged(SourceError):
    """The source's shape is not what was declared. table: the declared table; column: the column, if one is to blame."""

    def __init__(
        self,
        source: str,
        table: str,
        column: str | None,
        detail: str,
        hint: str = "Nothing of this source was loaded. Compare its configuration with the declared tables",
    ) -> None:
        place = f"{table}.{column}" if column else table
        super().__init__(source, f"{place} changed: {detail}", hint)
        self.table = table
        self.column = column
        self.detail = detail


class LoadFailed(SyncError):
    """The engine did not take the rows of a table."""

    def __init__(self, table: str, detail: str) -> None:
        super().__init__(
            f"{table} could not be loaded: {detail.rstrip('.')}. Nothing of its source was taken over; run again, and with --full if it repeats."
        )
        self.table = table
        self.detail = detail


class ModelFailed(SyncError):
    """A file of sql/ does not run, or its header and its columns differ. file: path inside sql/."""

    def __init__(self, file: str, detail: str) -> None:
        super().__init__(
            f"sql/{file} failed: {detail.rstrip('.')}. The snapshot of before stays; mend the file and run again."
        )
        self.file = file
        self.detail = detail


class CheckFailed(SyncError):
    """An integrity check returned rows. claim: the check's name; rows: the first of them, by column; found: how many."""

    def __init__(self, claim: str, rows: Sequence[dict[str, object]], found: int) -> None:
        shown = "\n".join("  " + ", ".join(f"{k}={v}" for k, v in row.items()) for row in rows[:SHOWN_ROWS])
        more = f"\n  … and {found - SHOWN_ROWS} more" if found > SHOWN_ROWS else ""
        super().__init__(
            f"Check '{claim}' does not hold: {found} rows offend.\n{shown}{more}\n"
            f"The snapshot of before stays. Read sql/checks/{claim}.sql; a run with --full rules out a stale mirror."
        )
        self.claim = claim
        self.rows = tuple(rows)
        self.found = found


class PublishFailed(SyncError):
    """The new snapshot could not be written, verified or put in place. step: which of these."""

    def __init__(self, step: str, detail: str) -> None:
        super().__init__(
            f"Publishing failed at {step}: {detail.rstrip('.')}. The snapshot of before stays; check the disk's room and run again."
        )
        self.step = step
        self.detail = detail


class Busy(SyncError):
    """Another sync holds the data folder. holder: what it wrote of itself (process id and start), may be empty."""

    def __init__(self, data: Path, holder: str) -> None:
        who = f" ({holder})" if holder else ""
        super().__init__(f"Another sync is running on {data}{who}. Wait for it to end; nothing was changed.")
        self.data = data
        self.holder = holder


class Unwritable(SyncError):
    """The data folder cannot be made or written."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"{path} cannot be written: {detail.rstrip('.')}. Give this user the right, or name another folder with SYNC_DATA or --data."
        )
        self.path = path
        self.detail = detail


class NoSnapshot(SyncError):
    """Nothing has been published in this data folder."""

    def __init__(self, data: Path) -> None:
        super().__init__(
            f"No snapshot in {data} yet. Run `analyst-sync run` (or `analyst-sync demo` to try it without 1C)."
        )
        self.data = data


class UnknownSource(SyncError):
    """A source was named that the settings do not have."""

    def __init__(self, names: Sequence[str], known: Sequence[str]) -> None:
        has = (
            f"Set up: {', '.join(known)}"
            if known
            else "No source is set up: set SYNC_ONEC__URL, SYNC_BITRIX__WEBHOOK or put files in data/inbox"
        )
        super().__init__(f"Unknown source {', '.join(repr(n) for n in names)}. {has}.")
        self.names = tuple(names)
        self.known = tuple(known)


class BadSettings(SyncError):
    """The environment or the file of settings does not say what it should. detail: which setting, and why; never its value."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"Settings cannot be used: {detail.rstrip('.')}. Mend the SYNC_ variables or the file named by SYNC_CONFIG."
        )
        self.detail = detail


class Outgrown(SyncError):
    """The program asks for columns that the mirror of a source does not have yet, and the source was not read in this run."""

    def __init__(self, sources: Sequence[str]) -> None:
        names = ", ".join(sorted(sources))
        super().__init__(
            f"The mirror of {names} is older than the program: it has columns that are still empty. "
            f"The snapshot of before stays; run the sync again when {names} can be read."
        )
        self.sources = tuple(sources)


class DemoRefused(SyncError):
    """The data folder holds a mirror that no demo made."""

    def __init__(self, data: Path) -> None:
        super().__init__(f"{data} holds a real mirror, and a demo would replace it. Name another folder with --data.")
        self.data = data


class SnapshotBroken(SyncError):
    """A file of the data folder that a published snapshot needs is gone or damaged."""

    def __init__(self, file: Path, detail: str) -> None:
        super().__init__(
            f"{file} cannot be read: {detail.rstrip('.')}. Restore it from a backup, or name a new folder with --data and "
            "read everything again."
        )
        self.file = file
        self.detail = detail
