"""Columns with one value in every row are told once, so that more rows fit an answer of the same length.

The totals that a metric repeats beside each row, and columns that are empty throughout, are most of the text of a list.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from analyst import result
from analyst.pool import Reply

ROOM = 4  # times the usual bytes are asked of the worker, since told once the rows may fit
_STOPPED = "rows stop"


def fitted(reply: Reply, size: result.Size) -> tuple[Reply, dict[str, Any]]:
    """The reply within a size, and the columns that are told once, each with its value in every row that is shown.

    A reply that fits as it is stays as it is, and so does one that would show no more rows.
    """
    if len(reply.text.encode("utf-8", "replace")) <= size.bytes:
        return reply, {}
    told = json.loads(f"{{{reply.text}}}")
    columns, rows = told["columns"], told["rows"]
    plain = result.shape(columns, rows, size)
    same = {name: rows[0][i] for i, name in enumerate(columns) if all(row[i] == rows[0][i] for row in rows)}
    left = [i for i, name in enumerate(columns) if name not in same]
    body, once = plain, dict[str, Any]()
    if left and same and len(rows) > 1:
        room = replace(size, bytes=max(1, size.bytes - len(result.dumps({"same": same}).encode("utf-8", "replace"))))
        folded = result.shape([columns[i] for i in left], ([row[i] for i in left] for row in rows), room)
        if folded.shown > plain.shown:
            body, once = folded, same
    cuts = [cut for cut in (*reply.cuts, *body.cuts) if not cut.startswith(_STOPPED)]
    if body.more or any(cut.startswith(_STOPPED) for cut in reply.cuts):
        cuts.insert(0, f"{_STOPPED} at {body.shown}: ask for more with `rows`")
    return replace(reply, text=body.text, shown=body.shown, cuts=tuple(dict.fromkeys(cuts))), once


def unfolded(answer: Mapping[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """Columns and rows of an answer with what was told once in every row, at its end."""
    same: Mapping[str, Any] = answer.get("same") or {}
    rows: Sequence[Sequence[Any]] = answer.get("rows", ())
    return [*answer.get("columns", ()), *same], [[*row, *same.values()] for row in rows]
