"""Files that could not be read: from the inbox to the quarantine, with the reason beside them."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable
from pathlib import Path

import structlog

from sync.table import Reject

INBOX = "inbox"
QUARANTINE = "quarantine"
REASON = ".reason.txt"

log = structlog.get_logger()


def move_files(data: Path, rejects: Iterable[Reject]) -> int:
    """Move every rejected file of the inbox; returns how many moved.

    A reject is of a file when its text is the name of a file in the inbox and its ref that file's SHA-256; any other stays a
    row in meta.quarantine. The reason is written before the file moves, so a crash between leaves a file that the next run
    rejects and moves again; so does a file that cannot be moved now, which stays in the inbox.
    """
    inbox, moved = data / INBOX, 0
    names = {file.name for file in inbox.iterdir() if file.is_file()} if inbox.is_dir() else set()
    for reject in rejects:
        if reject.text not in names:
            continue
        try:
            if _sha256(inbox / reject.text) != reject.ref:
                continue
            _move(inbox / reject.text, data / QUARANTINE, reject)
        except OSError as refused:
            log.warning("file.kept", file=reject.text, error=str(refused))
        else:
            log.warning("file.quarantined", file=reject.text, reason=reject.reason)
            moved += 1
    return moved


def _move(file: Path, place: Path, reject: Reject) -> None:
    place.mkdir(parents=True, exist_ok=True)
    target = _free(place / file.name, reject.ref)
    target.with_name(f"{target.name}{REASON}").write_text(f"{reject.reason}\n", encoding="utf-8")
    shutil.move(file, target)  # the inbox may be a share on another disk


def _free(wanted: Path, sha: str) -> Path:
    """The first name that is not taken by another content."""
    target, n = wanted, 2
    while target.exists() and _sha256(target) != sha:
        target, n = wanted.with_name(f"{wanted.stem}-{n}{wanted.suffix}"), n + 1
    return target


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
