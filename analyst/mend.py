"""From a statement with a mistake to one that runs: what other dialects and hasty fingers write, and what it is here.

Every mend is only a proposal. The worker offers one to the caller after it has passed the guard and run; so a pattern may be simple.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from analyst.catalog import Catalog

_ARGUMENT = r"([^(),\s][^(),]*(?:\([^()]*\)[^(),]*)?)"


def _calls(pattern: str) -> str:
    """A pattern of a call; `#` stands for an argument, which may hold one pair of brackets."""
    return pattern.replace("(", r"\(\s*").replace(")", r"\s*\)").replace(",", r"\s*,\s*").replace("#", _ARGUMENT)


_OTHER_DIALECTS: tuple[tuple[str, str], ...] = (
    (_calls("TO_CHAR(#,'YYYY-MM')"), r"strftime(\1, '%Y-%m')"),
    (_calls("TO_CHAR(#,'YYYY')"), r"strftime(\1, '%Y')"),
    (_calls("TO_CHAR(#,#)"), r"strftime(\1, '%Y-%m-%d')"),
    (_calls("DATE_FORMAT(#,#)"), r"strftime(\1, \2)"),
    (r"\bFORMAT\s*\(([^(),]+)\s*,\s*'[^']*'\s*\)", r"strftime(\1, '%Y-%m-%d')"),
    (_calls("TO_DATE(#,#)"), r"CAST(\1 AS DATE)"),
    (_calls("STR_TO_DATE(#,#)"), r"strptime(\1, \2)"),
    (_calls("DATEDIFF(#,#)"), r"date_diff('day', \2, \1)"),
    (_calls("DATEDIFF(#,#,#)"), r"date_diff('\1', \2, \3)"),
    (_calls("DATE_DIFF(#,#)"), r"date_diff('day', \2, \1)"),
    (r"\bDATE_ADD\s*\(([^,]+),\s*INTERVAL\s+([^)]+)\)", r"(\1 + INTERVAL \2)::DATE"),
    (r"\bDATE_SUB\s*\(([^,]+),\s*INTERVAL\s+([^)]+)\)", r"(\1 - INTERVAL \2)::DATE"),
    (_calls("DATEADD(#,#,#)"), r"(\3 + INTERVAL (\2) \1)::DATE"),
    (_calls("ADD_MONTHS(#,#)"), r"(\1 + INTERVAL (\2) MONTH)::DATE"),
    (_calls("EOMONTH(#)"), r"last_day(\1)"),
    (_calls("TRUNC(#,'#')"), r"date_trunc('\2', \1)"),
    (r"\b(?:CURDATE|GETDATE|SYSDATE|NOW)\s*\(\s*\)|\bSYSDATE\b", "current_date"),
    (r"\b(?:ISNULL|NVL|IFNULL)\s*\(", "coalesce("),
    (r"\bIIF\s*\(", "if("),
    (r"\bRAND\s*\(\s*\)", "random()"),
    (r"\bSTRING_TO_ARRAY\s*\(", "string_split("),
    (r"\bREGEXP_SUBSTR\s*\(", "regexp_extract("),
    (_calls("CHARINDEX(#,#)"), r"instr(\2, \1)"),
    (_calls("TO_NUMBER(#)"), r"CAST(\1 AS DECIMAL(18,2))"),
    (_calls("CONVERT(#,#)"), r"CAST(\1 AS \2)"),
    (_calls("LPAD(#,#,'#')"), r"right('\3\3\3\3\3\3\3\3\3\3' || \1, \2)"),
    (_calls("SAFE_DIVIDE(#,#)"), r"\1 / nullif(\2, 0)"),
    (r"^(\s*SELECT)\s+TOP\s+\(?(\d+)\)?(.*)$", r"\1\3 LIMIT \2"),
    (r"\bLIMIT\s+(\d+)\s*,\s*(\d+)", r"LIMIT \2 OFFSET \1"),
    (r"\bFETCH\s+(?:FIRST|NEXT)\s+(\d+)\s+ROWS?\s+ONLY\b", r"LIMIT \1"),
    (r"`([^`]+)`", r'"\1"'),
    (r"\[(\w+)\]", r'"\1"'),
    ("[“”«»](.*?)[“”«»]", r"'\1'"),
    (r"\bMINUS\b", "EXCEPT"),
    (r"([\w.]+)\s+(?:RLIKE|REGEXP)\s+('[^']*')", r"regexp_matches(\1, \2)"),
    (r"\bWITH\s*\(NOLOCK\)", ""),
    (r"\bFORM\b", "FROM"),
    (r"\bGROPU\b|\bGRUOP\b", "GROUP"),
    (r"\bODER\b|\bORDR\b", "ORDER"),
    (r"\bSELEC\b|\bSELCT\b|\bSLECT\b", "SELECT"),
    (r"^\s*EXPLAIN\s+(?:ANALYZE\s+)?", ""),
    (r"\b\w+\.(\w+)\s*\(", r"\1("),
    (r"\b(\w+)\.(\w+)\(\)", r"\2(\1)"),
    (r",\s*(FROM)\b", r" \1"),
    (r"(\w)\s*;.*$", r"\1"),
    (r"([\w.]+)\s+((?:NOT\s+)?I?LIKE)\b", r"\1::VARCHAR \2"),
    (r'"([^"]+)"', r"'\1'"),
    (r"\bSUM\s*\(([\w.]+)\)", r"sum(TRY_CAST(\1 AS DECIMAL(18,2)))"),
    (r"\bAVG\s*\(([\w.]+)\)", r"avg(TRY_CAST(\1 AS DECIMAL(18,2)))"),
)
_AT_RUN_TIME: tuple[tuple[str, str], ...] = (
    (r"\bCAST\s*\(", "TRY_CAST("),
    (r"([\w.]+|'[^']*')::(\w+(?:\(\d+(?:,\s*\d+)?\))?)", r"TRY_CAST(\1 AS \2)"),
    (r"\bDATE\s+('[^']*')", r"TRY_CAST(\1 AS DATE)"),
    (r"\bstrptime\s*\(", "try_strptime("),
    (r"\b(?:TO_DATE|MAKE_DATE)\s*\((.*)\)", r"TRY(make_date(\1))"),
    (r"([\w.]+)\s*\*\s*([\w.]+)", r"\1::HUGEINT * \2"),
)
# What columns are called in the words of those who ask.
_WORDS = {
    "сумм": ("sum_kzt", "open_kzt", "amount", "sum", "kzt"), "дат": ("doc_date", "date", "day"), "контрагент": ("counterparty", "cp_id", "name"),
    "номер": ("number", "number_short"), "тип": ("type", "doc_type", "kind"), "вид": ("type", "kind"), "валют": ("currency",),
    "срок": ("due_date", "due"), "просроч": ("days_late", "days_overdue", "late"), "долг": ("open_kzt", "open"), "остат": ("open_kzt", "qty", "balance"),
    "организац": ("org_id", "org"), "договор": ("contract_id", "contract"), "счет": ("account",), "счёт": ("account",), "наимен": ("name",),
    "имя": ("name",), "назван": ("name",), "бин": ("bin_iin", "bin"), "иин": ("bin_iin",), "клиент": ("cp_id", "counterparty"),
    "количеств": ("qty", "quantity"), "назначен": ("purpose",), "покупател": ("cp_id",), "поставщик": ("cp_id",), "документ": ("doc_id",),
    "amount": ("sum_kzt", "open_kzt", "amount_doc"), "customer": ("cp_id", "counterparty"), "client": ("cp_id",), "date": ("doc_date",),
    "total": ("sum_kzt", "open_kzt"), "overdue": ("days_late", "days_overdue"), "due": ("due_date",),
}  # fmt: skip


def _verbatim(text: str) -> str:
    """A text as a replacement that means itself."""
    return text.replace("\\", r"\\")


def columns(name: str, visible: Iterable[str], catalog: Catalog) -> list[str]:
    """Visible columns that a name may have meant: by letters first, then by the words people use."""
    known = sorted(visible)
    found = catalog.near(name, known)
    for word, meant in _WORDS.items():
        if word in name.lower():
            found += [c for m in meant for c in known if c == m] + [c for m in meant for c in known if m in c]
    return list(dict.fromkeys(found))[:5]


def renamed(sql: str, name: str, near: Sequence[str]) -> Iterator[str]:
    """The statement with a name replaced by each that is near."""
    for other in near[:3]:
        yield re.sub(rf"(?<![\w'\"])(\"?){re.escape(name)}\1(?![\w'(])", _verbatim(other), sql, flags=re.IGNORECASE)


def called(sql: str, name: str, near: Sequence[str], catalog: Catalog, as_of: str) -> Iterator[str]:
    """The statement with a relation, however it was qualified, named or called, replaced by one that is published."""
    last = re.escape(name.rsplit(".", 1)[-1])
    for other in near[:3]:
        call = catalog.relations[other].call(as_of) if other in catalog.relations else other
        yield re.sub(
            rf"\b(FROM|JOIN)\s+(?:[\w\"]+\.)*\"?{last}\"?(?:\s*\([^()]*\))?",
            rf"\1 {_verbatim(call)}",
            sql,
            flags=re.IGNORECASE,
        )


def recalled(sql: str, name: str, near: Sequence[str]) -> Iterator[str]:
    """The statement with a function replaced by each that is near."""
    for other in near[:2]:
        yield re.sub(rf"\b{re.escape(name)}\s*\(", f"{_verbatim(other)}(", sql, flags=re.IGNORECASE)


def grouped(sql: str) -> Iterator[str]:
    """The statement with GROUP BY ALL."""
    bare = re.sub(
        r"\s*\bGROUP\s+BY\b.*?(?=\b(?:HAVING|ORDER|LIMIT|QUALIFY)\b|$)", " ", sql, flags=re.IGNORECASE | re.DOTALL
    )
    tail = re.search(r"\b(?:HAVING|QUALIFY|ORDER\s+BY|LIMIT)\b", bare, re.IGNORECASE)
    at = tail.start() if tail else len(bare)
    yield f"{bare[:at].rstrip()} GROUP BY ALL {bare[at:]}".strip()


def dated(sql: str, name: str) -> Iterator[str]:
    """The statement with the arguments of a macro cast to dates."""
    yield re.sub(
        rf"\b{re.escape(name)}\s*\(((?:[^()]|\([^()]*\))*)\)",
        lambda m: f"{name}(({m[1]})::DATE)",
        sql,
        flags=re.IGNORECASE,
    )


def quoted(sql: str, token: str) -> Iterator[str]:
    """The statement with a word that the grammar keeps for itself in quotes."""
    if re.fullmatch(r"\w+", token):
        yield re.sub(rf"(?<![\w'\"]){re.escape(token)}(?![\w'\"(])", f'"{token}"', sql)
        before = re.search(rf"(\w+)\s+{re.escape(token)}", sql)
        if before:
            yield re.sub(rf"(?<![\w'\"]){re.escape(before[1])}(?![\w'\"(])", f'"{before[1]}"', sql)


def translated(sql: str, *, run_time: bool = False) -> Iterator[str]:
    """The statement in this dialect: one pattern at a time, then all that apply together."""
    sql = whole = " ".join(sql.split())  # a long run of spaces is work for a pattern and says nothing
    for pattern, here in _AT_RUN_TIME if run_time else _OTHER_DIALECTS:
        if (other := re.sub(pattern, here, sql, flags=re.IGNORECASE | re.DOTALL)) != sql:
            whole = re.sub(pattern, here, whole, flags=re.IGNORECASE | re.DOTALL)
            yield other
    yield whole
