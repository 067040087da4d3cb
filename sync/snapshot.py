"""The folders of a mirror: snapshots side by side, one of them named by CURRENT, one at most being built.

data/CURRENT                     JSON, replaced by rename
data/snapshots/<utc>/            published; never changed again; published.json in it is what CURRENT says of it
data/snapshots/<utc>.building/   unfinished; removed when the next sync starts
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog

from sync.errors import NoSnapshot, PublishFailed, SnapshotBroken, Unwritable

CURRENT = "CURRENT"
PUBLISHED = "published.json"
SNAPSHOTS = "snapshots"
MASTER = "mirror.duckdb"
SPILL = "mirror.spill"  # what did not fit into memory while it was built
BUILDING = ".building"
RENAME_TRIES, RENAME_PAUSE = 40, 0.05  # seconds; Windows refuses while a reader has the file open

log = structlog.get_logger()


def current(data: Path) -> dict[str, Any] | None:
    """What CURRENT says; None when nothing has been published. Raises SnapshotBroken."""
    try:
        said: dict[str, Any] = json.loads((data / CURRENT).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as damaged:
        raise SnapshotBroken(data / CURRENT, str(damaged)) from damaged
    return said


def published(data: Path) -> tuple[dict[str, Any], Path]:
    """What CURRENT says and the folder it names. Raises NoSnapshot."""
    said = current(data)
    if said is None:
        raise NoSnapshot(data)
    return said, data / SNAPSHOTS / said["snapshot"]


def begin(data: Path, now: datetime, *, afresh: bool) -> Path:
    """Make the folder of a new snapshot with a copy of the last master in it (afresh: without).

    Raises Unwritable, SnapshotBroken.

    What an earlier sync left half-built is removed first; the caller holds the lock, so nobody builds it any more.
    """
    snapshots = data / SNAPSHOTS
    try:
        snapshots.mkdir(parents=True, exist_ok=True)
        for stale in snapshots.glob(f"*{BUILDING}"):
            shutil.rmtree(stale)
        (data / f"{CURRENT}.tmp").unlink(missing_ok=True)
        folder = snapshots / (_free_name(snapshots, now) + BUILDING)
        folder.mkdir()
        if not afresh and (said := current(data)):
            _copy_master(snapshots / said["snapshot"] / MASTER, folder / MASTER)
    except OSError as refused:
        raise Unwritable(Path(refused.filename or snapshots), refused.strerror or str(refused)) from refused
    return folder


def abandon(folder: Path) -> None:
    """Remove what was being built."""
    shutil.rmtree(folder, ignore_errors=True)


def complete(folder: Path, said: Mapping[str, Any]) -> Path:
    """Make every byte of a built folder durable and give it its final name; nothing names it yet.

    said: what CURRENT will say of it, kept in the folder too, so that an answer of it can be made again after newer ones.
    """
    final = folder.with_name(folder.name.removesuffix(BUILDING))
    try:
        (folder / PUBLISHED).write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
        shutil.rmtree(folder / SPILL, ignore_errors=True)
        for file in folder.iterdir():
            _fsync(file)
        _fsync(folder)
        folder.rename(final)
        _fsync(final.parent)
    except OSError as refused:
        raise PublishFailed("completing the new snapshot", str(refused)) from refused
    return final


def point(data: Path, said: Mapping[str, Any]) -> None:
    """Make `said` the content of CURRENT in one step: a reader sees the old one or the new one. Raises PublishFailed."""
    new, old = data / f"{CURRENT}.tmp", data / CURRENT
    try:
        new.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
        _fsync(new)
        _replace(new, old)
        _fsync(data)
    except OSError as refused:
        raise PublishFailed("replacing CURRENT", str(refused)) from refused


def prune(data: Path, keep: int) -> None:
    """Remove all but the newest `keep` snapshots; never the current one, and none that a reader holds open (on Windows)."""
    said = current(data)
    folders = [f for f in (data / SNAPSHOTS).iterdir() if f.is_dir() and f.suffix != BUILDING]
    for old in sorted(folders, key=lambda f: f.stat().st_mtime_ns, reverse=True)[keep:]:
        if said is None or old.name != said["snapshot"]:
            shutil.rmtree(old, ignore_errors=True)


def _copy_master(old: Path, new: Path) -> None:
    if not old.is_file():
        raise SnapshotBroken(old, "there is no such file")
    shutil.copyfile(old, new)


def _free_name(snapshots: Path, now: datetime) -> str:
    name = stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    n = 2
    while (snapshots / name).exists():
        name, n = f"{stamp}-{n}", n + 1
    return name


def _replace(new: Path, old: Path) -> None:
    for _ in range(RENAME_TRIES):
        try:
            new.replace(old)
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(RENAME_PAUSE)
        else:
            return
    new.replace(old)


def _fsync(path: Path) -> None:
    """Force a file's bytes, or a folder's names, to the disk. Windows has no such call for folders and needs none."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
