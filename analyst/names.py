"""Names of counterparties and items: the nearest that the mirror knows, by letters, by words and by first letters, then weighed word by word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analyst import fold
from analyst.abbreviation import expanded, folded
from analyst.candidate import SHOWN, SURE, Candidate
from analyst.likeness import Words, score
from analyst.sizes import sizes
from analyst.snapshot import Snapshot

# Runs a certified statement with text parameters on a snapshot and gives its rows.
Ask = Callable[[Snapshot, str, Mapping[str, Any]], Awaitable[Sequence[Sequence[Any]]]]

LIKELY = 0.45
BIN = 12  # digits
SPEAKABLE = 0.2  # share of vowels
DOUBTFUL = 0.75  # below it the text is read in other ways too

# By letters: common pairs of letters, and of the best by that, how alike the whole is; the same words, or an abbreviation of them either
# way, before all. By words: the words nearest to each word said. All spellings of whatever was found go to be weighed.
# Each line of $asked is one reading of the text: its words without spaces, how long they are, and their pairs of letters.
_NEAR = """
WITH asked AS (
    SELECT a[1] AS joined, a[2]::INTEGER AS size, a[3]::BIGINT AS bits_1, a[4]::BIGINT AS bits_2, a[5]::BIGINT AS bits_3, a[6]::BIGINT AS bits_4
    FROM (SELECT string_split(unnest(string_split($asked, chr(10))), ' ') AS a)
),
drawn AS MATERIALIZED (
    SELECT k.place, k.words, a.joined,
        list_contains(string_split($whole, chr(10)), k.words) OR list_contains(string_split($short, chr(10)), k.initials) AS whole,
        (bit_count(k.bits_1 & a.bits_1) + bit_count(k.bits_2 & a.bits_2) + bit_count(k.bits_3 & a.bits_3) + bit_count(k.bits_4 & a.bits_4))
            / (a.size + 1) AS shared,
        least(k.size, a.size) / greatest(k.size, a.size) AS sized
    FROM known_name AS k, asked AS a
    WHERE k.kind = $kind
    ORDER BY whole DESC, shared * (2 + sized) DESC, k.place LIMIT 300
),
near_word AS (
    SELECT w.places, s.said, jaro_winkler_similarity(w.word, s.said) AS alike, w.holders
    FROM known_word AS w, (SELECT unnest(string_split($said, chr(10))) AS said) AS s
    WHERE w.kind = $kind AND jaro_winkler_similarity(w.word, s.said) >= 0.78
    QUALIFY row_number() OVER (PARTITION BY s.said ORDER BY alike DESC, w.word) <= 15
),
by_words AS (
    SELECT place, max(alike) AS alike
    FROM (SELECT unnest(places) AS place, said, alike / (1 + ln(holders)) AS alike FROM near_word) AS n
    GROUP BY place, said
),
found AS (
    (
        SELECT place FROM drawn
        ORDER BY whole DESC, shared * (1 + sized) + jaro_winkler_similarity(replace(words, ' ', ''), joined) DESC, place LIMIT 30
    )
    UNION ALL (SELECT place FROM drawn ORDER BY shared DESC, place LIMIT 15)
    UNION ALL (SELECT place FROM by_words GROUP BY place ORDER BY sum(alike) DESC, place LIMIT 30)
)
SELECT n.words, coalesce(n.form, ''), n.id, n.title, n.detail, n.holders FROM known_name AS n WHERE n.place IN (SELECT place FROM found)
"""
_ITEM_BY_CODE = f"""
SELECT '', '', item_id, name, concat_ws(', ', unit, article), '' FROM item
WHERE item_id = $text OR lower(article) = lower($text) OR code = $text OR ltrim(code, '0') = ltrim($text, '0')
ORDER BY item_id LIMIT {SHOWN}
"""
# Beside an item's names, the items that have the text for a code: rows without words.
_ITEMS = f"{_NEAR} UNION ALL ({_ITEM_BY_CODE})"
# A digit too many, too few or changed is still offered, and never picked.
_BY_NUMBER = f"""
SELECT cp_id, name, bin_iin,
    CASE WHEN cp_id = $text OR bin_iin = $digits THEN 1.0
        WHEN starts_with(bin_iin, $digits) THEN 0.8
        WHEN length($digits) BETWEEN {BIN - 1} AND {BIN + 1} THEN 0.8 * jaro_winkler_similarity(bin_iin, $digits) ELSE 0.7 END AS score
FROM cp
WHERE cp_id = $text
    OR ($digits <> '' AND (starts_with(bin_iin, $digits) OR (length($digits) > 3 AND contains(bin_iin, $digits))))
    OR (length($digits) BETWEEN {BIN - 1} AND {BIN + 1} AND jaro_winkler_similarity(bin_iin, $digits) >= 0.9)
ORDER BY score DESC, cp_id LIMIT {SHOWN}
"""
BY_ID = "SELECT cp_id, name, bin_iin, 1.0 FROM cp WHERE cp_id = $text"

_VOWELS = frozenset("аеёиоуыэюяәіөұүaeiouy")
_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюё"
_KAZAKH = dict(zip("23458", "әіңғү", strict=True)) | dict(zip("90-=", "ұқөһ", strict=True))
_TYPED_LATIN = str.maketrans(
    _LATIN + _LATIN.upper().replace("[]", "{}").replace(";'", ':"').replace(",.`", "<>~"), _CYRILLIC + _CYRILLIC.upper()
)
_TYPED_CYRILLIC = str.maketrans(_CYRILLIC + _CYRILLIC.upper(), _LATIN + _LATIN.upper())
_LOOK = str.maketrans("ABCEHKMOPTXYabcehkmoptxy", "АВСЕНКМОРТХУавсенкмортху")
_LOOKS_CYRILLIC = re.compile(r"[ABCEHKMOPTXYabcehkmoptxy\W\d_]+")
_HAS_LATIN = re.compile(r"[A-Za-z]")
_HAS_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_IN_WORD = re.compile(r"(?<=[A-Za-z])[2345890=-]|[2345890=-](?=[A-Za-z])")
_SOFT = re.compile("[jJ]")
_NUMBERED = re.compile(r"(?<!\d)\d(?:[\s\u00a0.-]?\d){3,}(?!\d)")
_MARKED = re.compile(r"\b(?:бин|иин|бсн|жсн|bin|iin|bsn)\b[\s:№#]*", re.IGNORECASE)


def clean(text: str) -> str:
    """The text in compatible letters: full-width ones, ligatures and odd spaces as the plain ones, on one line."""
    return " ".join(unicodedata.normalize("NFKC", text.replace("№", " ")).split())


def readings(text: str) -> list[str]:
    """What else the text may be: typed with the other keyboard layout, or in Latin look-alikes of Cyrillic letters."""
    found = []
    if _HAS_LATIN.search(text):
        if _LOOKS_CYRILLIC.fullmatch(text):
            found.append(text.translate(_LOOK))
        if "j" in text.lower():  # German and scholarly spellings: Jurij, Jablonja
            found.append(_SOFT.sub(lambda hit: "yY"[hit[0].isupper()], text))
        found.append(text.translate(_TYPED_LATIN))
        if _IN_WORD.search(text):
            found.append(_IN_WORD.sub(lambda hit: _KAZAKH[hit[0]], text).translate(_TYPED_LATIN))
    elif _HAS_CYRILLIC.search(text):
        found.append(text.translate(_TYPED_CYRILLIC))
    return [reading for reading in found if reading != text and _speakable(reading)]


def _speakable(text: str) -> bool:
    """Whether there are as many vowels as words have: a right text read in the other layout seldom has, and asking for it costs time."""
    letters = [c for c in text.lower() if c.isalpha()]
    return sum(c in _VOWELS for c in letters) >= SPEAKABLE * len(letters)


def number(text: str) -> str:
    """Digits of a tax number, or of a part of one, when that is what the text is or holds; empty when it is a name."""
    bare = _MARKED.sub("", text).strip()
    plain = bare.translate(str.maketrans("OoОоIl|", "0000111"))
    if re.fullmatch(r"[\d\s.,_/-]*\d[\d\s.,_/-]*", plain):
        return re.sub(r"\D", "", plain)[:14]
    for hit in _NUMBERED.findall(text):
        digits = re.sub(r"\D", "", hit)
        if len(digits) == BIN:
            return digits
    return ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the text, in the words of the mirror: the words, and the code of a legal form or nothing."""

    words: str
    form: str = ""

    @property
    def line(self) -> str:
        """What is asked for by letters."""
        return " ".join([self.words.replace(" ", ""), str(len(self.words)), *map(str, fold.bits(self.words))])

    @property
    def said(self) -> list[str]:
        """The words to look for, and what abbreviations make of them."""
        words = self.words.split()
        return [*words, *expanded(words)]

    @property
    def whole(self) -> tuple[str, ...]:
        """The whole as a name may hold it: as it is, and by the first letters of its words, numbers apart."""
        words = self.words.split()
        letters = folded("".join(word[0] for word in words if not word.isdigit()))
        return self.words, letters, " ".join([letters, *filter(str.isdigit, words)])

    @property
    def short(self) -> list[str]:
        """What may be the first letters of a name: each word, and all of it with the first digits of its numbers."""
        words = self.words.split()
        return [*words, "".join(word[0] if word.isdigit() else word for word in words)]


def weigh(rows: Sequence[Sequence[Any]], read: Sequence[Reading], kind: str) -> list[Candidate]:
    """The candidates of one answer of the statement, best first, the best spelling of each."""
    asked = [Words.of(one.words, one.form) for one in read]
    best: dict[str, Candidate] = {}
    for words, form, key, name, detail, holders in rows:
        known = Words.of(words, form)
        counts = dict(zip(known.words, map(int, holders.split()), strict=False))
        value = max((score(one, known, counts) for one in asked), default=0.0)
        if value >= LIKELY and (key not in best or value > best[key].score):
            best[key] = Candidate(kind, key, name, detail, value)
    return sorted(best.values(), key=lambda c: (-c.score, len(c.name), c.id))[:SHOWN]


def _searchable(snapshot: Snapshot) -> bool:
    """Whether the mirror has the names as the search needs them; that of an older release has not."""
    known = snapshot.catalog.relations.get("known_name")
    return known is not None and {"place", "title"} <= {c.name for c in known.columns}


def _coded(rows: Sequence[Sequence[Any]]) -> list[Candidate]:
    """The items that were found by their codes."""
    return [Candidate("item", r[2], r[3], r[4], 1.0, exact=True) for r in rows if not r[0]]


async def _near(read: Sequence[Reading], kind: str, text: str, snapshot: Snapshot, ask: Ask) -> Sequence[Sequence[Any]]:
    """What the statement finds for some readings of a text."""
    given = {
        "asked": "\n".join(one.line for one in read),
        "said": "\n".join(dict.fromkeys(word for one in read for word in one.said)),
        "whole": "\n".join(dict.fromkeys(way for one in read for way in one.whole)),
        "short": "\n".join(dict.fromkeys(word for one in read for word in one.short)),
        "kind": kind,
    }
    return await (ask(snapshot, _ITEMS, given | {"text": text}) if kind == "item" else ask(snapshot, _NEAR, given))


async def _named(text: str, kind: str, snapshot: Snapshot, ask: Ask) -> list[Candidate]:
    """Candidates by the text as it was typed; where that is doubtful, as it may have been meant too."""

    def read(texts: Sequence[str]) -> list[Reading]:
        made = (Reading(fold.goods(t)) if kind == "item" else Reading(fold.folded(t), fold.form(t)) for t in texts)
        return [one for one in dict.fromkeys(made) if one.words]

    first = read([text])
    rows = await _near(first, kind, text, snapshot, ask) if first or kind == "item" else ()
    if coded := _coded(rows):
        return coded
    found = weigh(rows, first, kind)
    if (not found or found[0].score < DOUBTFUL) and (others := read(readings(text))):
        rows = [row for row in await _near(others, kind, text, snapshot, ask) if row[0]]
        merged = {c.id: c for c in sorted([*found, *weigh(rows, others, kind)], key=lambda c: c.score)}
        found = sorted(merged.values(), key=lambda c: (-c.score, len(c.name), c.id))[:SHOWN]
    return found


async def counterparties(text: str, snapshot: Snapshot, ask: Ask) -> list[Candidate]:
    """Counterparties by id, tax number or name, best first."""
    if "cp" not in snapshot.catalog.tables:
        return []
    text = clean(text)
    found: list[Candidate] = []
    if (digits := number(text)) or text.startswith("cp_"):
        rows = await (
            ask(snapshot, _BY_NUMBER, {"text": text, "digits": digits})
            if digits
            else ask(snapshot, BY_ID, {"text": text})
        )
        found = [
            Candidate("counterparty", r[0], r[1], f"BIN {r[2]}" if r[2] else "", float(r[3]), exact=float(r[3]) == 1.0)
            for r in rows
        ]
    if not found and _searchable(snapshot):
        found = await _named(text, "counterparty", snapshot, ask)
    return found


async def items(text: str, snapshot: Snapshot, ask: Ask) -> list[Candidate]:
    """Goods and services by id, code, article or name with sizes, best first."""
    if "item" not in snapshot.catalog.tables:
        return []
    text = clean(text)
    if not _searchable(snapshot):
        return _coded(await ask(snapshot, _ITEM_BY_CODE, {"text": text}))
    found = await _named(text, "item", snapshot, ask)
    if found and not found[0].exact:
        asked = sizes(text)
        # Of another size it may be offered, and is never picked.
        found = [c if asked <= sizes(c.name) else replace(c, score=min(c.score, SURE - 0.01)) for c in found]
        found.sort(key=lambda c: -c.score)
    return found
