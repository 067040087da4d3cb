"""Receipts: what each answer was made of, kept so that the same number can be made again.

They lie beside the audit log, one file a day, appended to by every server process of the folder. A line holds the snapshot, the definition
with its version and the arguments exactly as they were bound. A look-up is one search for a string through the files, newest first.
"""

from __future__ import annotations

import base64
import hashlib
import json
import mmap
import os
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analyst import result
from analyst.errors import AuditFailed

FOLDER = "receipts"
KEPT_DAYS = 400  # files, one a day; snapshots are pruned long before, and the audit log stays
# Not through a link to another file, where the system can tell: what is written here must end here.
_APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_FORM = re.compile(r"(?:R-)?([A-Z2-7]{10})")


def name(snapshot: str, definition: str, arguments: Mapping[str, Any]) -> str:
    """The name of an answer: the same snapshot, definition and arguments have the same receipt."""
    text = result.dumps([snapshot, definition, sorted(arguments.items(), key=lambda pair: pair[0])])
    # Fifty bits: among a hundred thousand receipts two that meet are one chance in two hundred thousand.
    return "R-" + base64.b32encode(hashlib.sha256(text.encode("utf-8", "replace")).digest()).decode()[:10]


def digest(text: str) -> str:
    """A short fingerprint of shaped rows."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an answer was made of.

    tool: metric, query or find. definition: `id vN` of a metric, else the tool. arguments: of a metric as bound, name → [type, text] or
    None; else as given. size: how large the answer could be; total: how many rows there were; answer: fingerprint of those shown.
    """

    receipt: str
    role: str
    tool: str
    snapshot: str
    definition: str
    arguments: Mapping[str, Any]
    size: Mapping[str, int]
    total: int | None
    answer: str


_PARTS = tuple(Receipt.__slots__)


@dataclass(slots=True)
class Receipts:
    """The receipts of one role in a folder, which is made with the first of them."""

    folder: Path
    role: str
    _day: str = ""
    _known: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(
        self,
        tool: str,
        snapshot: str,
        definition: str,
        arguments: Mapping[str, Any],
        *,
        size: Mapping[str, int] | None = None,
        total: int | None = None,
        answer: str = "",
    ) -> str:
        """Write a receipt, once a day and process, and return its name. Raises AuditFailed: a receipt that nobody can look up is none."""
        made = name(snapshot, definition, arguments)
        line = Receipt(made, self.role, tool, snapshot, definition, arguments, size or {}, total, digest(answer))
        with self._lock:
            try:
                self._append(line, f"{datetime.now(UTC):%Y-%m-%d}")
            except OSError as error:
                raise AuditFailed(
                    f"{type(error).__name__} in the folder of receipts",
                    fix="make the audit folder writable or set ANALYST_AUDIT",
                ) from None
        return made

    def _append(self, line: Receipt, today: str) -> None:
        if today != self._day:
            self.folder.mkdir(parents=True, exist_ok=True)
            for old in self._files()[KEPT_DAYS:]:
                old.unlink(missing_ok=True)
            self._day, self._known = today, set()
        if line.receipt in self._known:
            return
        # Only POSIX appends whole lines of several processes to one file; elsewhere each has its own.
        own = "" if os.name == "posix" else f"-{os.getpid()}"
        # The line break stands first: a line that a crash has torn ends where the next one begins.
        parts = {field: getattr(line, field) for field in _PARTS}
        text = b"\n" + json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode()
        file = os.open(self.folder / f"{today}{own}.jsonl", _APPEND, 0o666)
        try:
            if os.write(file, text) != len(text):
                raise OSError("the disk is full")
        finally:
            os.close(file)
        self._known.add(line.receipt)

    def find(self, wanted: str) -> Receipt | None:
        """The receipt of this name, in any case and with or without its R-. None when this role has none that is whole."""
        form = _FORM.fullmatch(wanted.strip().upper())
        if form is None:
            return None
        start = f'\n{{"receipt":"R-{form[1]}",'.encode()
        for path in self._files():
            for line in _lines(path, start):
                if (found := self._read(line)) is not None:
                    return found
        return None

    def _read(self, line: bytes) -> Receipt | None:
        try:
            found = Receipt(**json.loads(line))
            # A receipt of another role speaks of what this one may not see; one that does not fit its own name was changed.
            whole = found.receipt == name(found.snapshot, found.definition, found.arguments) and _sized(found)
        except (ValueError, TypeError, AttributeError, RecursionError):
            return None
        return found if whole and found.role == self.role else None

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("*.jsonl"), reverse=True)


def _sized(found: Receipt) -> bool:
    """Whether the parts that the name does not hold are of their types."""
    texts: tuple[object, ...] = (found.tool, found.snapshot)
    sizes = dict(found.size)
    return (
        all(isinstance(text, str) for text in texts)
        and sizes.keys() <= {"rows", "bytes", "cell_bytes", "columns"}
        and all(type(size) is int for size in sizes.values())
    )


def _lines(path: Path, start: bytes) -> Iterator[bytes]:
    """The lines that begin so, last first."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            at = data.rfind(start)
            while at >= 0:
                end = data.find(b"\n", at + 1)
                yield data[at + 1 : end if end >= 0 else len(data)]
                at = data.rfind(start, 0, at)
    except (OSError, ValueError):  # empty, or removed meanwhile: it holds nothing
        return
