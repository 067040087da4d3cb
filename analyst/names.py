"""Names of counterparties and items: the nearest that the mirror knows, by letters, by words and by first letters, then weighed word by word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from analyst.candidate import SHOWN, Candidate
from analyst.likeness import Words, score
from analyst.snapshot import Snapshot

# Runs a certified statement with text parameters on a snapshot and gives its rows.
Ask = Callable[[Snapshot, str, Mapping[str, Any]], Awaitable[Sequence[Sequence[Any]]]]

LIKELY = 0.45
BIN = 12  # digits
SPEAKABLE = 0.2  # share of vowels
DOUBTFUL = 0.75  # below it the text is read in other ways too
RELATIONS = frozenset({"known_name", "known_word"})

# Readings of the text come one a line. By letters: common pairs of letters, and how alike the whole is. By words: the words nearest to each
# word said. By initials: an abbreviation. All spellings of whatever was found go to be weighed.
_NEAR = """
WITH read AS (SELECT unnest(string_split($text, chr(10))) AS text),
folded AS MATERIALIZED (SELECT DISTINCT {words}(text) AS words, legal_form(text) AS form FROM read),
asked AS MATERIALIZED (
    SELECT words, form, name_bits(words) AS bits, replace(words, ' ', '') AS joined FROM folded WHERE words <> ''
),
known AS (SELECT * FROM known_name WHERE kind = $kind),
by_letters AS (
    SELECT k.id, k.words = a.words AS same,
        (bit_count(k.bits_1 & a.bits[1]) + bit_count(k.bits_2 & a.bits[2]) + bit_count(k.bits_3 & a.bits[3]) + bit_count(k.bits_4 & a.bits[4]))
            / (length(a.words) + 1) AS shared,
        jaro_winkler_similarity(replace(k.words, ' ', ''), a.joined) AS alike,
        length(k.initials) > 1 AND (contains(' ' || a.words || ' ', ' ' || k.initials || ' ') OR k.words = array_to_string(list_transform(string_split(a.words, ' '), lambda w: w[1]), '')) AS short,
        least(length(k.words), length(a.words)) / greatest(length(k.words), length(a.words)) AS sized
    FROM known AS k, asked AS a
),
letters AS (SELECT id FROM by_letters ORDER BY same DESC, short DESC, shared * (1 + sized) + alike DESC, id LIMIT 30),
more_letters AS (SELECT id FROM by_letters ORDER BY shared DESC, alike DESC, id LIMIT 15),
said AS (SELECT DISTINCT unnest(string_split(words, ' ')) AS said FROM asked),
word AS MATERIALIZED (SELECT word, any_value(holders) AS holders FROM known_word WHERE kind = $kind GROUP BY word),
near_word AS (
    SELECT s.said, w.word, w.holders, jaro_winkler_similarity(w.word, s.said) AS alike
    FROM word AS w, said AS s
    WHERE jaro_winkler_similarity(w.word, s.said) >= 0.78
    QUALIFY row_number() OVER (PARTITION BY s.said ORDER BY jaro_winkler_similarity(w.word, s.said) DESC, w.word) <= 15
),
by_words AS (
    SELECT k.id, n.said, max(n.alike / (1 + ln(n.holders))) AS alike
    FROM near_word AS n JOIN known_word AS k ON k.kind = $kind AND k.word = n.word GROUP BY ALL
),
worded AS (SELECT id FROM by_words GROUP BY id ORDER BY sum(alike) DESC, id LIMIT 30),
near AS MATERIALIZED (
    SELECT k.id, k.form, k.words FROM known AS k
    WHERE k.id IN (SELECT id FROM letters UNION SELECT id FROM more_letters UNION SELECT id FROM worded)
),
rare AS (
    SELECT n.words, array_to_string(list(w.holders ORDER BY n.part.place), ' ') AS holders
    FROM (SELECT words, unnest(list_transform(string_split(words, ' '), lambda w, i: {{'word': w, 'place': i}})) AS part
        FROM (SELECT DISTINCT words FROM near) AS listed) AS n JOIN word AS w ON w.word = n.part.word
    GROUP BY n.words
)
SELECT 'asked' AS what, words, form, '' AS id, '' AS name, '' AS detail, '' AS holders FROM asked
UNION ALL
SELECT 'known', n.words, n.form, n.id, t.name, coalesce(t.detail, ''), r.holders
FROM near AS n JOIN rare AS r USING (words) JOIN {target} AS t ON t.id = n.id
ORDER BY ALL
"""
_PARTIES = _NEAR.format(words="name_folded", target="(SELECT cp_id AS id, name, 'BIN ' || bin_iin AS detail FROM cp)")
_ITEMS = _NEAR.format(
    words="item_words", target="(SELECT item_id AS id, name, concat_ws(', ', unit, article) AS detail FROM item)"
)
_BY_NUMBER = f"""
SELECT cp_id, name, bin_iin,
    CASE WHEN cp_id = $text OR bin_iin = $digits THEN 1.0
        WHEN length($digits) = 12 THEN 0.8 * jaro_winkler_similarity(bin_iin, $digits)
        WHEN starts_with(bin_iin, $digits) THEN 0.8 ELSE 0.7 END AS score
FROM cp
WHERE cp_id = $text
    OR ($digits <> '' AND (starts_with(bin_iin, $digits) OR (length($digits) > 3 AND contains(bin_iin, $digits))))
    OR (length($digits) = 12 AND jaro_winkler_similarity(bin_iin, $digits) >= 0.9)
ORDER BY score DESC, cp_id LIMIT {SHOWN}
"""
_ITEM_BY_CODE = f"""
SELECT item_id, name, concat_ws(', ', unit, article) AS detail FROM item
WHERE item_id = $text OR lower(article) = lower($text) OR code = $text OR ltrim(code, '0') = ltrim($text, '0') ORDER BY item_id LIMIT {SHOWN}
"""

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


def weigh(rows: Sequence[Sequence[Any]], kind: str) -> list[Candidate]:
    """The candidates of one answer of the statement, best first, the best spelling of each."""
    asked = [Words.of(words, form) for what, words, form, *_ in rows if what == "asked"]
    best: dict[str, Candidate] = {}
    for what, words, form, key, name, detail, holders in rows:
        if what != "known":
            continue
        known = Words.of(words, form)
        counts = dict(zip(known.words, map(int, holders.split()), strict=False))
        value = max((score(one, known, counts) for one in asked), default=0.0)
        if value >= LIKELY and (key not in best or value > best[key].score):
            best[key] = Candidate(kind, key, name, detail, value)
    return sorted(best.values(), key=lambda c: (-c.score, len(c.name), c.id))[:SHOWN]


async def _named(text: str, kind: str, statement: str, snapshot: Snapshot, ask: Ask) -> list[Candidate]:
    found = weigh(await ask(snapshot, statement, {"text": text, "kind": kind}), kind)
    if (not found or found[0].score < DOUBTFUL) and (others := readings(text)):
        other = weigh(await ask(snapshot, statement, {"text": "\n".join(others), "kind": kind}), kind)
        merged = {c.id: c for c in sorted([*found, *other], key=lambda c: c.score)}
        found = sorted(merged.values(), key=lambda c: (-c.score, len(c.name), c.id))[:SHOWN]
    return found


async def counterparties(text: str, snapshot: Snapshot, ask: Ask) -> list[Candidate]:
    """Counterparties by id, tax number or name, best first."""
    if "cp" not in snapshot.catalog.tables:
        return []
    text = clean(text)
    found: list[Candidate] = []
    if (digits := number(text)) or text.startswith("cp_"):
        rows = await ask(snapshot, _BY_NUMBER, {"text": text, "digits": digits})
        found = [
            Candidate("counterparty", r[0], r[1], f"BIN {r[2]}" if r[2] else "", float(r[3]), exact=float(r[3]) == 1.0)
            for r in rows
        ]
    if not found and snapshot.catalog.tables >= RELATIONS:
        found = await _named(text, "counterparty", _PARTIES, snapshot, ask)
    return found


async def items(text: str, snapshot: Snapshot, ask: Ask) -> list[Candidate]:
    """Goods and services by id, code, article or name with sizes, best first."""
    if "item" not in snapshot.catalog.tables:
        return []
    text = clean(text)
    found = [
        Candidate("item", r[0], r[1], r[2], 1.0, exact=True) for r in await ask(snapshot, _ITEM_BY_CODE, {"text": text})
    ]
    if not found and snapshot.catalog.tables >= RELATIONS:
        found = await _named(text, "item", _ITEMS, snapshot, ask)
    return found
