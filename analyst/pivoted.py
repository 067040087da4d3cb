"""PIVOT without its list of values: the question that gives them, and the statement with them written out, as the guard takes it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyst import lexer
from analyst.dialect.pieces import joined, nested
from analyst.kinds import DEPTH

REASON = "PIVOT needs its IN"  # what the guard says of one
MOST = 40  # columns that are made
_ENDS = frozenset({"using", "group", "order", "limit", "in"})
# What may be named in an answer's columns: words and numbers, no sentence from outside.
_PLAIN = re.compile(r"[\w.+-]{1,24}")


@dataclass(frozen=True, slots=True)
class Pivot:
    """values: a SELECT of what the columns are made of; before, after: the statement around the list of them."""

    values: str
    before: str
    after: str

    def written(self, found: Sequence[object]) -> str:
        """The statement with these values listed; empty where they are too many, or no plain words."""
        texts = [str(value) for value in found]
        if not 0 < len(texts) <= MOST or not all(map(_PLAIN.fullmatch, texts)):
            return ""
        listed = ", ".join(
            text if isinstance(value, int) else f"'{text}'" for text, value in zip(texts, found, strict=True)
        )
        return f"{self.before} IN ({listed}) {self.after}".strip()


def read(sql: str) -> Pivot | None:
    """The one PIVOT of a statement that has no list, of one expression; None for anything else."""
    if lexer.measure(sql).depth > DEPTH:
        return None
    pieces = nested(iter(list(lexer.tokens(sql.strip().rstrip(";")))))
    at = [n for n, p in enumerate(pieces) if p.low in ("pivot", "pivot_wider")]
    on = next((n for n in range(at[0], len(pieces)) if pieces[n].low == "on"), None) if len(at) == 1 else None
    if on is None:
        return None
    end = next((n for n in range(on, len(pieces)) if pieces[n].low in _ENDS), len(pieces))
    source, by = joined(pieces[at[0] + 1 : on]).strip(), joined(pieces[on + 1 : end]).strip()
    several = any(p.text == "," and p.kind == "sign" for p in pieces[on + 1 : end])
    if not source or not by or several or (end < len(pieces) and pieces[end].low == "in"):
        return None
    ctes = joined(pieces[: at[0]])
    values = f"{ctes} SELECT DISTINCT {by} AS value_ FROM {source} WHERE value_ IS NOT NULL ORDER BY 1 LIMIT {MOST + 1}"
    return Pivot(values.strip(), joined(pieces[:end]).rstrip(), joined(pieces[end:]))
