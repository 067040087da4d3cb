"""Settings of the server: environment variables with the prefix ANALYST_.

Read by hand: the settings library costs more to import than everything else the server does before its first answer.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self

PREFIX = "ANALYST_"
LANGUAGES = ("ru", "kk", "en")


class SettingsError(ValueError):
    """A variable that is unknown or cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the mirror is and how much one question may cost.

    seconds: wall clock of one statement. rows, rows_max: shown by default, at most; metric_rows: of a metric by default.
    bytes, cell_bytes, columns: size of an answer; metric_bytes, query_bytes: of one whose rows nobody asked for, about 400 and 4,000 tokens. memory_mb: the engine's memory; the worker process gets this plus a fixed room
    for the interpreter. workers: statements at a time. threads: engine threads of one worker; more workers serve many small
    questions better than more threads do. spares: warm processes waiting. resident_mb: memory of all workers together, watched where the
    system tells it. queue, patience: how many questions may wait for a worker, and how many seconds. kept_mb: answers kept for the
    same question on the same snapshot; 0 keeps none. audit: folder of the log, default
    <data>/audit. extensions: folder of the company's own prompts, metrics and relations, default <data>/extensions. lang: ru, kk or en,
    the language in which prompts are listed and letters are written when nobody says.
    """

    data: Path = Path("data")
    role: str = "owner"
    seconds: float = 10.0
    rows: int = 200
    rows_max: int = 2000
    metric_rows: int = 20
    bytes: int = 64 * 1024
    metric_bytes: int = 760
    query_bytes: int = 9_000
    cell_bytes: int = 2048
    columns: int = 200
    memory_mb: int = 512
    workers: int = 2
    threads: int = 1
    spares: int = 1
    resident_mb: int = 2048
    queue: int = 64
    patience: float = 20.0
    kept_mb: int = 16
    caller: str = "stdio"
    audit: Path | None = None
    extensions: Path | None = None
    lang: str = "en"

    @property
    def audit_folder(self) -> Path:
        """Where the audit log is written."""
        return self.audit or self.data / "audit"

    @property
    def extensions_folder(self) -> Path:
        """Where the company's own definitions are."""
        return self.extensions or self.data / "extensions"

    @classmethod
    def read(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Settings from the environment. Raises SettingsError naming the variable."""
        known = {PREFIX + field.name.upper(): field for field in fields(cls)}
        given: dict[str, object] = {}
        for variable, text in environ.items():
            if not variable.startswith(PREFIX):
                continue
            if variable not in known:
                raise SettingsError(f"{variable} is not a setting; known are {', '.join(known)}")
            field = known[variable]
            kind = "Path" if "Path" in str(field.type) else str(field.type)
            try:
                value = {"Path": Path, "str": str, "int": int, "float": float}[kind](text)
            except ValueError:
                raise SettingsError(f"{variable}={text!r} is not a {kind}") from None
            if isinstance(value, float) and not math.isfinite(value):
                raise SettingsError(f"{variable}={text!r} is not a number of seconds")
            if isinstance(value, int | float) and value < (0 if field.name in ("spares", "kept_mb") else 1):
                raise SettingsError(f"{variable}={text!r} must be at least 1")
            if field.name == "lang" and value not in LANGUAGES:
                raise SettingsError(f"{variable}={text!r} is none of {', '.join(LANGUAGES)}")
            given[field.name] = value
        return cls(**given)  # type: ignore[arg-type]
