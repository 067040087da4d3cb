"""A folder that people drop files into: what lies there, told apart by content (SHA-256) and never by name."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sync.errors import SourceRefused, SourceUnavailable

PASSED_BY = (".part", ".tmp", ".crdownload", ".reason.txt")


def files(folder: Path, source: str) -> list[Path]:
    """Every file by name; subfolders, names that begin with a dot and half-copied files are passed by. Raises SourceRefused."""
    try:
        return sorted(
            (
                p
                for p in folder.iterdir()
                if p.is_file() and p.name[0] not in ".~" and not p.name.lower().endswith(PASSED_BY)
            ),
            key=lambda p: p.name,
        )
    except OSError as why:
        what = f"the folder {folder} cannot be read ({why.strerror or why})"
        raise SourceRefused(
            source, what, "Make the folder, or name another one in the settings, and let this user read it"
        ) from why


def sha(path: Path, source: str) -> str:
    """SHA-256 of a file's content. Raises SourceUnavailable."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as why:
        raise locked(path, source, why) from why


def locked(path: Path, source: str, why: OSError) -> SourceUnavailable:
    """What to say of a file that cannot be opened."""
    return SourceUnavailable(
        source,
        f"{path.name} cannot be read ({why.strerror or why})",
        "Close the program that holds it, or give this user the right to read it",
    )
