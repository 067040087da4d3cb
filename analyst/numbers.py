"""Documents by their numbers as people say them: the last digits, with or without prefix, zeros, kind of document, day or year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyst.candidate import SHOWN, Candidate
from analyst.names import Ask, clean
from analyst.snapshot import Snapshot

# Letters that look alike in a prefix are one letter. What was said of kind, day or year and is not so costs the score of a pick.
_LOOK = "translate(lower({x}), 'abcehkmoptxy', 'авсенкмортху')"
_DOCUMENT = f"""
WITH asked AS (SELECT {_LOOK.format(x="$number")} AS number, regexp_extract({_LOOK.format(x="$number")}, '^[^0-9]*') AS prefix),
found AS ({{found}}),
near AS (
    SELECT d.doc_id, d.type, d.number, d.doc_date, d.cp_id, d.sum_doc, d.currency,
        CASE WHEN d.doc_id = $id THEN 1.0
             WHEN {_LOOK.format(x="d.number")} = a.number THEN 0.99
             WHEN a.prefix <> '' AND NOT starts_with({_LOOK.format(x="d.number")}, a.prefix) THEN 0.6
             WHEN $head <> '' AND NOT contains(d.number, $head) THEN 0.6
             WHEN d.number_short = $short THEN 0.95
             ELSE 0.7 END
        - CASE WHEN $types = '' AND d.type = 'esf' THEN 0.2 ELSE 0 END
        - CASE WHEN $types <> '' AND NOT contains($types, ' ' || d.type || ' ') THEN 0.3 ELSE 0 END
        - CASE WHEN $day <> '' AND strftime(d.doc_date, '%Y-%m-%d') NOT LIKE $day || '%' THEN 0.3 ELSE 0 END AS score
    FROM found AS d, asked AS a
)
SELECT n.doc_id, concat_ws(' ', n.type, '№', n.number), concat_ws(', ', n.doc_date, c.name, n.sum_doc, n.currency), greatest(n.score, 0.05)
FROM near AS n LEFT JOIN cp AS c USING (cp_id)
ORDER BY n.score DESC, n.doc_date DESC, n.doc_id LIMIT {SHOWN}
"""
# What ends with all the digits ends with the last of them, zeros before them or not: the first condition costs one look at a short text
# and leaves few rows for the others.
_NUMBERED = "WHERE ends_with(number_short, $short) AND (number_short = $short OR (length($digits) > 1 AND ends_with(number, $digits)))"
_NAMED = "WHERE doc_id = $id"
IDS = ("d_", "esf_")
_PAPERS = "SELECT doc_id, type, number, number_short, doc_date, cp_id, sum_doc, currency FROM doc"
# A tax invoice is a candidate like any other, but a bare number means a document of 1C first.
_INVOICES = """
    SELECT * FROM (
        SELECT esf_id AS doc_id, 'esf' AS type, coalesce(number, reg_no) AS number, number_short, issue_date AS doc_date,
            if(seller_org_id IS NULL, seller_cp_id, buyer_cp_id) AS cp_id, sum_doc, currency
        FROM esf
    )"""
_MONTHS = (
    "янв|қаң",
    "фев|ақп",
    "мар|нау",
    "апр|сәу",
    "ма[йя]|мам",
    "июн|мау",
    "июл|шіл",
    "авг|там",
    "сен|қыр",
    "окт|қаз",
    "ноя|қар",
    "дек|жел",
)
_DAYS = (
    re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b"),
    re.compile(r"\b(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>(?:20)?\d\d)\b(?:\s*г\b\.?)?"),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})\s+(?P<w>{'|'.join(_MONTHS)})\w*(?:\s+(?P<y>20\d\d))?(?:\s*(?:г\b\.?|года|жыл\w*))?", re.IGNORECASE
    ),
)  # fmt: skip
_YEAR = re.compile(
    r"\b(?:за|в|from|in)\s+(20\d\d)\b|\b(20\d\d)\s*(?:г\b\.?|год\w*|жыл\w*|ж\.)|(?<=\D\s)(20\d\d)$", re.IGNORECASE
)
MARKED = re.compile(r"(?:№|#|\b(?:no|n|номер\w*|нөмір\w*|number)\b\.?:?)\s*([\w/-]*\d[\w/-]*)", re.IGNORECASE)
_NUMBER = re.compile(r"[\w/-]*\d[\w/-]*")
_PAYMENTS = "pay_in pay_out refund_in refund_out transfer_in transfer_out fee other_in other_out"
_TYPES = (
    (r"эсф|эшф|esf", "esf"),
    (r"сч[её]т\w*.?фактур\w*|шот.?фактура\w*|tax\s+invoices?", "esf sale purchase"),
    (r"возврат\w*|қайтар\w*|returns?", "sale_return purchase_return refund_in refund_out"),
    (r"сч[её]т(?!.?фактур)\w*|сч\.|шот\w*|invoices?", "invoice_out"),
    (r"реализаци\w*|отгрузк\w*|сату\w*|sales?", "sale"),
    (r"поступлени\w*|закупк\w*|сатып|purchases?", "purchase"),
    (r"накладн\w*|акт\w{0,2}|жүкқұжат\w*|waybills?", "sale purchase"),
    (r"плат[её]ж\w*|оплат\w*|п/п|төлем\w*|payments?", _PAYMENTS),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A document as it was asked for. types: names with a space around each, or empty. day: ISO, its beginning, or empty."""

    number: str
    types: str
    day: str


def read(text: str) -> Said | None:
    """What a text says of a document; None when it holds no number."""
    marked = MARKED.search(text)
    day, rest = _day(text)
    found = marked or _NUMBER.search(rest)
    if found is None:
        return None
    types = kinds_in(text)
    return Said(found[1] if marked else found[0], f" {types} " if types else "", day)


def kinds_in(text: str) -> str:
    """The kinds of document that a text names; empty when it names none."""
    return next((named for words, named in _TYPES if re.search(rf"\b(?:{words})(?!\w)", text, re.IGNORECASE)), "")


def without_day(text: str) -> str:
    """A text without the day, month or year that it names."""
    return _day(text)[1]


def _day(text: str) -> tuple[str, str]:
    """The day, month or year that a text names, and the text without it."""
    for form in _DAYS:
        if hit := form.search(text):
            said = hit.groupdict()
            month = said.get("m") or next(
                i for i, names in enumerate(_MONTHS, start=1) if re.match(names, said["w"], re.IGNORECASE)
            )
            rest = text[: hit.start()] + " " + text[hit.end() :]
            if said["y"]:
                year = said["y"][-2:]
                year = said["y"] if said["y"] != year else f"20{year}"
                return f"{year}-{int(month):02d}-{int(said['d']):02d}", rest
            return f"____-{int(month):02d}-{int(said['d']):02d}", rest
    if (hit := _YEAR.search(text)) and _NUMBER.search(rest := text[: hit.start()] + " " + text[hit.end() :]):
        return next(filter(None, hit.groups())), rest
    return "", text


async def documents(text: str, snapshot: Snapshot, ask: Ask) -> list[Candidate]:
    """Documents by id or number, best and newest first."""
    said = read(clean(text) if "№" not in text else " ".join(text.split()))
    if said is None or not {"doc", "cp"} <= snapshot.catalog.tables:
        return []
    digits = re.findall(r"\d+", said.number)
    values = {
        "id": text.strip(),
        "number": said.number,
        "short": digits[-1].lstrip("0"),
        "digits": "".join(digits),
        # Digits before the last ones, as in 234/1, are a part of the number: without them it is another document.
        "head": next((group for group in (part.lstrip("0") for part in digits[:-1]) if group), ""),
        "types": said.types,
        "day": said.day,
    }
    papers = (_PAPERS, _INVOICES) if "esf" in snapshot.catalog.tables else (_PAPERS,)
    conditions = (_NUMBERED, _NAMED) if values["id"].startswith(IDS) else (_NUMBERED,)
    found = " UNION ".join(f"{paper} {condition}" for paper in papers for condition in conditions)
    statement = _DOCUMENT.format(found=found)
    return [Candidate("document", r[0], r[1], r[2], float(r[3])) for r in await ask(snapshot, statement, values)]
