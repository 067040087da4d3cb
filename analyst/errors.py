"""What can go wrong with a question. Each says what happened, why, which real names are near, and one thing that runs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from analyst import edits

NEAR_NAMES = 5
TEXT_CHARS = 170
FIX_BYTES = 240
PAYLOAD_BYTES = 385  # at most 120 tokens


def _short(text: str, limit: int = TEXT_CHARS) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def _dumps(parts: Mapping[str, Any]) -> str:
    return json.dumps({k: v for k, v in parts.items() if v}, ensure_ascii=False, separators=(",", ":"))


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


class AnalystError(Exception):
    """A question that gets no answer.

    why:  the reason, without a host path, a hidden name or a cell value.
    near: names that exist and may have been meant.
    fix:  one statement or call that runs.
    replace: instead of it, for a long statement: texts of it, and what stands for each in the one that runs.
    rule: the guard's rule, for the audit log.
    """

    what: ClassVar[str] = "The question was not answered"

    def __init__(
        self,
        why: str,
        *,
        near: Iterable[str] = (),
        fix: str = "",
        rule: str = "",
        replace: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(why)
        self.why = _short(why)
        self.near = tuple(_short(name, 60) for name in near)[:NEAR_NAMES]
        # A fix is whole or it is not there: half a statement does not run.
        self.fix = fix if _size(fix) <= FIX_BYTES else ""
        self.replace = dict(replace) if replace and _size(_dumps(replace)) <= FIX_BYTES else {}
        self.rule = rule

    @staticmethod
    def holds(fix: str) -> bool:
        """Whether a fix is short enough to be told whole."""
        return _size(fix) <= FIX_BYTES

    def with_mend(self, sql: str, mended: str) -> AnalystError | None:
        """The same error with the caller's statement as it runs, whole or by what must change in it; None where neither is short."""
        told = edits.flat(mended)
        if self.holds(told):
            return self.with_fix(told)
        replace = edits.changes(sql, mended)
        made = type(self)(self.why, near=self.near, rule=self.rule, replace=replace) if replace else None
        return made if made is not None and made.replace else None

    def with_fix(self, fix: str) -> AnalystError:
        """The same error with another fix."""
        return type(self)(self.why, near=self.near, fix=fix, rule=self.rule)

    def record(self) -> dict[str, Any]:
        """The error as it crosses a pipe: its class by name and its parts."""
        return {
            "kind": type(self).__name__,
            "why": self.why,
            "near": list(self.near),
            "fix": self.fix,
            "rule": self.rule,
            "replace": self.replace,
        }

    def payload(self) -> str:
        """The error as the host reads it: compact JSON of at most PAYLOAD_BYTES, empty parts left out; the fix and what to replace are never cut."""
        why, near = self.why, list(self.near)
        while True:
            text = _dumps({"what": self.what, "why": why, "near": near, "fix": self.fix, "replace": self.replace})
            if (over := _size(text) - PAYLOAD_BYTES) <= 0 or not (near or len(why) > 1):
                return text
            if len(near) > 1 or (near and over < _size(near[-1])):
                near.pop()
            elif len(why) > 1:
                why = _short(why, max(1, min(len(why) - 1, len(why) - over // 2 - 1)))
            else:
                near.pop()


class Denied(AnalystError):
    """The caller may not ask this."""

    what = "Not permitted"


class Refused(AnalystError):
    """The guard does not let the statement run; change the SQL."""

    what = "The statement was refused"


class QueryFailed(AnalystError):
    """The engine did not accept or did not finish the statement; change the SQL."""

    what = "The statement failed"


class OutOfBudget(AnalystError):
    """Time, memory or size ran out; ask for less."""

    what = "The statement ran out of its budget"


class Busy(AnalystError):
    """Every worker is taken and the queue is full; why says when to ask again."""

    what = "Too many questions at a time"


class MirrorMissing(AnalystError):
    """There is no snapshot to answer from."""

    what = "There is nothing to answer from yet"


class NotKnown(AnalystError):
    """A name that nothing here has."""

    what = "Unknown name"


class Ambiguous(AnalystError):
    """A name that several things have; near holds the candidates."""

    what = "The name fits several"


class BadArgument(AnalystError):
    """An argument that is missing, not wanted, or not of its type."""

    what = "The arguments do not fit"


class Gone(AnalystError):
    """What a receipt names is no longer kept as it was; fix asks the same of the current snapshot."""

    what = "The receipt cannot be replayed"


class AuditFailed(AnalystError):
    """The audit log cannot be written, and nothing is answered unrecorded."""

    what = "The audit log cannot be written"


KINDS: Mapping[str, type[AnalystError]] = {
    kind.__name__: kind
    for kind in (
        AnalystError,
        Denied,
        Refused,
        QueryFailed,
        OutOfBudget,
        Busy,
        MirrorMissing,
        NotKnown,
        Ambiguous,
        BadArgument,
        Gone,
        AuditFailed,
    )
}


def from_record(record: Mapping[str, Any]) -> AnalystError:
    """The error that another process sent with `record()`."""
    kind = KINDS[record["kind"]]
    return kind(
        record["why"], near=record["near"], fix=record["fix"], rule=record["rule"], replace=record.get("replace")
    )
