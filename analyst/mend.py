"""From a statement with a mistake to one that runs: what other dialects and hasty fingers write, and what it is here.

Every mend is only a proposal. The worker offers one to the caller after it has passed the guard and run; so a pattern may be simple.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from analyst import dialect, edits
from analyst.catalog import Catalog, Relation

ALIKE = 0.8  # of two names that differ by a slip of the fingers
AKIN = 0.6  # of two names that may mean the same
_CURRENCY = re.compile(r"_(?:kzt|doc)$")
_ARGUMENT = r"([^(),\s][^(),]*(?:\([^()]*\)[^(),]*)?)"


def _calls(pattern: str) -> str:
    """A pattern of a call; `#` stands for an argument, which may hold one pair of brackets."""
    return pattern.replace("(", r"\(\s*").replace(")", r"\s*\)").replace(",", r"\s*,\s*").replace("#", _ARGUMENT)


_DAY = r"'(\d{4}-\d\d-\d\d)'"
_SLIPS: tuple[tuple[str, str], ...] = (
    (r"^(\s*SELECT)\s+TOP\s+\(?(\d+)\)?\s+PERCENT\b(.*?);?\s*$", r"\1\3 LIMIT \2%"),  # rounds up elsewhere
    (r"([\w.]+)\s+(NOT\s+)?(?:RLIKE|REGEXP)\s+('[^']*')", r"\2regexp_matches(\1, \3)"),  # the case
    (r"\bquantile(?:Exact|TDigest)?\((0?\.\d+)\)\(", r"quantile_cont_(\1, "),
    (_calls("quantile_cont_(#,#)"), r"quantile_cont(\2, \1)"),
    (r"\bAS\s+(?:NUMBER|BIGNUMERIC)\b(?!\s*\()", "AS DECIMAL(38,6)"),
    (r"`([^`]+)`", r'"\1"'),
    (r"\[(\w+)\]", r'"\1"'),
    ("[“”«»](.*?)[“”«»]", r"'\1'"),
    (r"\bFORM\b", "FROM"),
    (r"\bGROPU\b|\bGRUOP\b", "GROUP"),
    (r"\bODER\b|\bORDR\b", "ORDER"),
    (r"\bSELEC\b|\bSELCT\b|\bSLECT\b", "SELECT"),
    (r"^\s*EXPLAIN\s+(?:ANALYZE\s+)?", ""),
    (r"\b\w+\.(\w+)\s*\(", r"\1("),
    (r"\b(\w+)\.(\w+)\(\)", r"\2(\1)"),
    (r",\s*(FROM)\b", r" \1"),
    (r"\(\+\)", ""),  # an outer join elsewhere
    (r"(\w)\s*;.*$", r"\1"),
    (r"([\w.]+)\s+((?:NOT\s+)?I?LIKE)\b", r"\1::VARCHAR \2"),
    (r'"([^"]+)"', r"'\1'"),
    (r"\bSUM\s*\(([\w.]+)\)", r"sum(TRY_CAST(\1 AS DECIMAL(18,2)))"),
    (r"\bAVG\s*\(([\w.]+)\)", r"avg(TRY_CAST(\1 AS DECIMAL(18,2)))"),
)
_AT_RUN_TIME: tuple[tuple[str, str], ...] = (
    (r"'(\d\d)\.(\d\d)\.(\d{4})'", r"'\3-\2-\1'"),
    (r"\bCAST\s*\(", "TRY_CAST("),
    (r"([\w.]+|'[^']*')::(\w+(?:\(\d+(?:,\s*\d+)?\))?)", r"TRY_CAST(\1 AS \2)"),
    (r"\bDATE\s+('[^']*')", r"TRY_CAST(\1 AS DATE)"),
    (r"\bstrptime\s*\(", "try_strptime("),
    (r"\b(?:TO_DATE|MAKE_DATE)\s*\((.*)\)", r"TRY(make_date(\1))"),
    (r"([\w.]+)\s*\*\s*([\w.]+)", r"\1::HUGEINT * \2"),
)
# What columns are called in the words of those who ask, likeliest first: a word that is the whole name, or a part of it.
WORDS = {
    "id": ("cp_id", "item_id", "deal_id", "doc_id", "contract_id", "org_id"),
    "номер": ("number", "doc_number", "number_short"), "number": ("number", "doc_number"), "docnum": ("number",),
    "бин": ("bin_iin", "bin"), "иин": ("bin_iin",), "инн": ("bin_iin", "bin"), "inn": ("bin_iin", "bin"), "bin": ("bin_iin", "bin", "cp_bin"),
    "due": ("due_date",), "срок": ("due_date", "due_on"),
    "settle": ("eff_date",), "дат": ("doc_date", "pay_date", "value_date", "dt", "move_date", "eff_date", "day", "close_date"),
    "date": ("doc_date", "pay_date", "value_date", "dt", "move_date", "eff_date", "day", "close_date", "rate_date", "contract_date", "due_date"),
    "просроч": ("overdue_kzt", "days_late"), "overdue": ("overdue_kzt", "days_late"), "late": ("days_late",),
    "долг": ("open_kzt",), "debt": ("open_kzt",), "outstanding": ("open_kzt",),
    "balance": ("bank_balance", "open_kzt", "on_hand"), "остат": ("on_hand", "bank_balance", "open_kzt", "qty"),
    "revenue": ("net_kzt", "revenue_kzt"), "выруч": ("net_kzt", "revenue_kzt"),
    "сумм": ("sum_kzt", "open_kzt", "amount_kzt", "net_kzt", "amount"),
    "amount": ("sum_kzt", "amount_kzt", "open_kzt", "net_kzt", "amount", "amount_doc"),
    "sum": ("amount_kzt", "open_kzt", "sum_kzt", "net_kzt", "amount"), "total": ("sum_kzt", "open_kzt", "amount_kzt", "net_kzt"),
    "credit_account": ("corr_account",), "debit_account": ("account",), "account": ("iban", "account", "bank_account_id"), "счет": ("iban", "account"),
    "счёт": ("iban", "account"), "payment": ("credit_doc_id", "doc_id"), "invoice": ("debit_doc_id", "doc_id"),
    "контрагент": ("counterparty", "name", "cp_id"), "клиент": ("counterparty", "name", "cp_id"), "покупател": ("counterparty", "cp_id"),
    "поставщик": ("counterparty", "cp_id"), "customer": ("counterparty", "name", "cp_id"), "client": ("counterparty", "name", "cp_id"),
    "supplier": ("counterparty", "name", "cp_id"), "vendor": ("counterparty", "name", "cp_id"), "partner": ("counterparty", "cp_id"),
    "организац": ("org_id", "org"), "company": ("org_id", "counterparty"), "договор": ("contract_id", "contract"),
    "manager": ("owner",), "менеджер": ("owner",), "status": ("status", "stage_kind", "stage"), "статус": ("status", "stage_kind", "stage"),
    "тип": ("type", "doc_type", "kind"), "вид": ("type", "kind"), "type": ("type", "doc_type", "kind"), "валют": ("currency",),
    "товар": ("item", "name", "item_id"), "item": ("item", "name", "item_id"), "product": ("item", "item_id"), "номенклат": ("item", "item_id"),
    "qty": ("on_hand", "qty"), "quantity": ("on_hand", "qty"), "количеств": ("on_hand", "qty"), "склад": ("warehouse", "warehouse_id"),
    "наимен": ("name", "counterparty", "title", "item"), "имя": ("name",), "назван": ("name", "title"), "name": ("counterparty", "title", "item", "name"),
    "назначен": ("purpose",), "документ": ("doc_id",), "days": ("days_late",),
}  # fmt: skip


def _verbatim(text: str) -> str:
    """A text as a replacement that means itself."""
    return text.replace("\\", r"\\")


def columns(name: str, visible: Iterable[str], catalog: Catalog) -> list[str]:
    """Visible columns that a name may have meant: the word people use for one, a slip of the fingers, a part of the name, likeness."""
    known = frozenset(visible)
    asked = name.lower()
    found = [c for c in WORDS.get(asked, ()) if c in known]
    near = catalog.near(name, sorted(known))
    found += [
        c
        for c in near
        if c.removesuffix("s") == asked.removesuffix("s") or SequenceMatcher(None, c, asked).ratio() >= ALIKE
    ]
    found += [
        c for word, meant in WORDS.items() if len(word) > len("id") and word in asked for c in meant if c in known
    ]
    return list(dict.fromkeys(found + [c for c in near if _akin(c, asked)]))[:5]


def _akin(column: str, asked: str) -> bool:
    """Whether two names are alike in what they say, not only in their currency: an opening_kzt is no debit_kzt."""
    one, other = (_CURRENCY.sub("", name) for name in (column, asked))
    return bool({*one.split("_")} & {*other.split("_")}) or SequenceMatcher(None, one, other).ratio() >= AKIN


def renamed(sql: str, name: str, near: Sequence[str]) -> Iterator[str]:
    """The statement with a name replaced by each that is near."""
    for other in near[:3]:
        yield re.sub(rf"(?<![\w'\"])(\"?){re.escape(name)}\1(?![\w'(])", _verbatim(other), sql, flags=re.IGNORECASE)


def called(sql: str, name: str, near: Sequence[str], catalog: Catalog, as_of: str) -> Iterator[str]:
    """The statement with a relation, however it was qualified, named or called, replaced by one that is published.

    Arguments that were given stay, as dates where they are written as text; what is missing is the snapshot's day.
    """
    last = re.escape(name.rsplit(".", 1)[-1])
    form = re.compile(rf"\b(FROM|JOIN)\s+(?:[\w\"]+\.)*\"?{last}\"?(?:\s*\(((?:[^()]|\([^()]*\))*)\))?", re.IGNORECASE)
    for other in near[:3]:
        relation = catalog.relations.get(other)
        if relation is None or relation.kind != "macro":
            yield form.sub(rf"\1 {_verbatim(other)}", sql)
            continue
        wanted = len(relation.args)

        def call(m: re.Match[str], relation: Relation = relation, wanted: int = wanted) -> str:
            given = (
                [part.strip() for part in (m[2] or "").split(",") if part.strip()]
                if "(" not in (m[2] or "")
                else [m[2]]
            )
            kept = [re.sub(rf"^{_DAY}$", r"DATE '\1'", part) for part in given]
            ends = [f"DATE '{as_of}'"] * (wanted - len(kept))
            if ends and relation.args[len(kept)].name == "period_from":
                ends[0] = f"DATE '{as_of[:4]}-01-01'"
            whole = kept and len(kept) + len(ends) == wanted and all(a.type.lower() == "date" for a in relation.args)
            if kept and not whole:
                return m[0]  # what was given is not dropped
            return f"{m[1]} {relation.name}({', '.join([*kept, *ends])})" if whole else f"{m[1]} {relation.call(as_of)}"

        if wanted and relation.args[0].name == "period_from":
            continue  # of other days than the statement's it would answer another question
        yield form.sub(call, sql)
        if not any((m[2] or "").strip() for m in form.finditer(sql)):
            yield form.sub(rf"\1 {_verbatim(relation.call(as_of))}", sql)


def qualified(sql: str, name: str) -> Iterator[str]:
    """The statement with a bare column, alone in a macro's brackets, named with the relation that has it."""
    column = re.search(rf"\b{re.escape(name)}\s*\(\s*([a-z_]\w*)\s*\)", sql, re.IGNORECASE)
    if column:
        for alias in re.findall(r"\)\s*(?:AS\s+)?(\w+)\s*\(", sql, re.IGNORECASE):
            yield re.sub(
                rf"(\b{re.escape(name)}\s*\(\s*)({re.escape(column[1])})\b", rf"\1{alias}.\2", sql, flags=re.IGNORECASE
            )


def recalled(sql: str, name: str, near: Sequence[str]) -> Iterator[str]:
    """The statement with a function replaced by each that is near."""
    for other in [n for n in near if SequenceMatcher(None, n, name.lower()).ratio() >= ALIKE - 0.05][:2]:
        yield re.sub(rf"\b{re.escape(name)}\s*\(", f"{_verbatim(other)}(", sql, flags=re.IGNORECASE)


def grouped(sql: str) -> Iterator[str]:
    """The statement with GROUP BY ALL."""
    bare = re.sub(
        r"\s*\bGROUP\s+BY\b.*?(?=\b(?:HAVING|ORDER|LIMIT|QUALIFY)\b|$)", " ", sql, flags=re.IGNORECASE | re.DOTALL
    )
    tail = re.search(r"\b(?:HAVING|QUALIFY|ORDER\s+BY|LIMIT)\b", bare, re.IGNORECASE)
    at = tail.start() if tail else len(bare)
    yield f"{bare[:at].rstrip()} GROUP BY ALL {bare[at:]}".strip()


def having(sql: str) -> Iterator[str]:
    """The statement with a condition over its aggregates after GROUP BY."""
    yield re.sub(
        r"\bWHERE\s+(.+?)\s+(GROUP\s+BY\s+.+?)(?=\s+(?:ORDER|LIMIT)\b|\s*$)",
        r"\2 HAVING \1",
        sql,
        flags=re.IGNORECASE | re.DOTALL,
    )


def dated(sql: str, name: str) -> Iterator[str]:
    """The statement with the arguments of a macro as dates: days written as text, then whatever was given."""
    call = re.compile(rf"\b{re.escape(name)}\s*\((?:[^()]|\([^()]*\))*\)", re.IGNORECASE)
    yield call.sub(lambda m: re.sub(rf"(?<!DATE ){_DAY}(?!\s*::)", r"DATE '\1'", m[0], flags=re.IGNORECASE), sql)
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


def listed(sql: str) -> Iterator[str]:
    """The statement with IN where a subquery is compared with =: it may give several rows."""
    yield re.sub(r"(?<![<>!=])=\s*\(\s*(?=select\b|from\b|with\b)", "IN (", sql, flags=re.IGNORECASE)


def renamed_alias(sql: str) -> Iterator[str]:
    """The statement with an alias that the grammar keeps for itself under another name."""
    for word in ("asof", "days", "positional", "anti", "semi"):
        if re.search(rf"\b{word}\b", sql, re.IGNORECASE):
            yield re.sub(rf"(?<![\w'\"]){word}(?![\w'\"(])", f"{word}_", sql, flags=re.IGNORECASE)


def translated(sql: str, *, run_time: bool = False) -> Iterator[str]:
    """The statement in this dialect: one pattern at a time, then all that apply together."""
    if not run_time and (near := dialect.nearly(sql)) != sql:
        yield near
        sql = near
    sql = whole = edits.flat(sql)  # a long run of spaces is work for a pattern and says nothing
    for pattern, here in _AT_RUN_TIME if run_time else _SLIPS:
        if (other := re.sub(pattern, here, sql, flags=re.IGNORECASE | re.DOTALL)) != sql:
            whole = re.sub(pattern, here, whole, flags=re.IGNORECASE | re.DOTALL)
            yield other
    yield whole
