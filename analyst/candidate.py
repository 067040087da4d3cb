"""What words may have meant, with a score from 0 to 1, and when one of several is certain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analyst import result

SURE = 0.85
LEAD = 0.10
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that the words may have meant."""

    kind: str
    id: str
    name: str
    detail: str
    score: float
    exact: bool = False

    def row(self) -> list[Any]:
        """As a row of the answer."""
        return [self.kind, self.id, self.name, self.detail, round(self.score, 2)]


def pick(candidates: Sequence[Candidate]) -> Candidate | None:
    """The one that was surely meant, if there is one. Candidates come best first."""
    exact = [c for c in candidates if c.exact]
    if len(exact) == 1:
        return exact[0]
    if not candidates or exact:
        return None
    second = candidates[1].score if len(candidates) > 1 else 0.0
    # Rounded: 0.95 − 0.85 is a lead of 0.10, whatever binary fractions make of it.
    return candidates[0] if candidates[0].score >= SURE and round(candidates[0].score - second, 6) >= LEAD else None


def look(text: str, kind: str) -> str:
    """The call that shows what a name may mean: the fix where nothing may be chosen for the asker."""
    return f"find {result.dumps({'text': text[:40], 'kind': kind})}"
