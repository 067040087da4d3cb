"""A statement over a statement whose cells are too large to copy: the engine cuts them before anyone reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyst.result import Size

_MARK = 40  # bytes that the mark of a cut takes
_ITEMS = 100


def letters(size: Size) -> int:
    """Characters of a cell that fit its bytes whatever the script."""
    return max(8, (size.cell_bytes - _MARK) // 4)


def _cut(name: str, kind: str, most: int) -> str:
    if _INEXACT.search(kind):
        return f"left({name}::VARCHAR,{most})"
    if kind in ("VARCHAR", "JSON"):
        return f"if(length({name})>{most},left({name},{most})||'…['||length({name})||' characters]',{name})"
    if kind == "BLOB":
        return f"'['||octet_length({name})||' bytes]'"
    if kind.endswith("]"):
        return f"left({name}[:{_ITEMS}]::VARCHAR,{most})||'…['||len({name})||' items]'"
    if kind.startswith(("STRUCT", "MAP", "UNION", "VARIANT")):
        return f"left({name}::VARCHAR,{most})"
    return name


_INEXACT = re.compile(r"\bINTERVAL\b|\bTIMESTAMP_NS\b|\bTIME_NS\b")


def exact(core: str, columns: Sequence[tuple[str, str]]) -> str:
    """The statement with what Python cannot hold (months of an interval, nanoseconds) as the engine writes it; empty if it has none."""
    if not any(_INEXACT.search(kind) for _, kind in columns):
        return ""
    names = [f"c{number}" for number in range(len(columns))]
    shown = (f"{n}::VARCHAR" if _INEXACT.search(kind) else n for n, (_, kind) in zip(names, columns, strict=True))
    return f"SELECT {','.join(shown)} FROM (\n{core}\n) AS t({','.join(names)})"


def statement(core: str, columns: Sequence[tuple[str, str]], size: Size) -> str:
    """The statement with each shown column cut. columns: names and types of all of them."""
    names = [f"c{number}" for number in range(len(columns))]
    shown = ",".join(
        _cut(name, kind, letters(size)) for name, (_, kind) in zip(names[: size.columns], columns, strict=False)
    )
    return f"SELECT {shown} FROM (\n{core}\n) AS t({','.join(names)})"
