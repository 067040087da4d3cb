"""The audit log: everything asked, one line of JSON a question, each line carrying the hash of the line before it.

One file a server process, so that two hosts on one machine never write into each other's chain. A changed, removed or inserted line
breaks the chain from there on; `verify` names the first one.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from analyst.errors import AuditFailed

START = "0" * 64
KEPT = 64_000  # characters of arguments: a statement of the longest allowed is kept whole
STARTS = 1_000


class ChainBroken(ValueError):
    """A line that does not follow from the one before it; the message names file and line."""


def bounded(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
    """Arguments as they were given; of those longer than any that can be answered, the start, the length and the hash."""
    text = json.dumps(arguments, ensure_ascii=False)
    if len(text) <= KEPT:
        return arguments
    return {
        "start": text[:STARTS],
        "characters": len(text),
        "sha256": hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
    }


def _hash(before: str, record: Mapping[str, Any]) -> str:
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((before + text).encode("utf-8", "replace")).hexdigest()


@dataclass(slots=True)
class Audit:
    """An append-only log in a folder; the file is made with the first record."""

    folder: Path
    caller: str
    role: str
    _file: TextIO | None = None
    _last: str = START
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self, record: Mapping[str, Any]) -> None:
        """Append one question: tool, arguments, snapshot, outcome, rows, ms. Raises AuditFailed."""
        with self._lock:
            try:
                if self._file is None:
                    self._file = self._open()
                now = datetime.now(UTC)
                full = {
                    "at": now.isoformat(timespec="milliseconds"),
                    "caller": self.caller,
                    "role": self.role,
                    **record,
                }
                last = _hash(self._last, full)
                self._file.write(json.dumps(full | {"hash": last}, ensure_ascii=True, separators=(",", ":")) + "\n")
                self._file.flush()
                self._last = last
            except OSError as error:
                raise AuditFailed(
                    f"{type(error).__name__} in the audit folder", fix="make it writable or set ANALYST_AUDIT"
                ) from None

    def _open(self) -> TextIO:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}.jsonl"
        return (self.folder / name).open("x", encoding="utf-8", newline="\n")

    def close(self) -> None:
        """Close the file; the next record starts another one."""
        with self._lock:
            if self._file is not None:
                self._file.close()
            self._file, self._last = None, START


def verify(folder: Path) -> int:
    """The number of records whose chain holds, over every file of the folder. Raises ChainBroken."""
    records = 0
    for path in sorted(folder.glob("*.jsonl")):
        last = START
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            try:
                record = json.loads(line)
                given = record.pop("hash")
            except (ValueError, KeyError, AttributeError):
                raise ChainBroken(f"{path.name} line {number} is not a record") from None
            last = _hash(last, record)
            if given != last:
                raise ChainBroken(f"{path.name} line {number} does not follow from the line before it")
            records += 1
    return records
