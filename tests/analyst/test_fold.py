"""Words folded in the server are the words that the mirror's macros make of the same text, whatever the text."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import sql
from analyst import fold
from bench import names as bench

HERE = Path(__file__).parent / "names"
MACROS = ("name_plain", "name_folded", "name_bits", "legal_form", "item_words")
_FORMS = (
    "ТОО", "Т.О.О.", "И.П.", "А.О.", "LLP", "T O O", "ЖШС", "акционерное общество", "Жеке кәсіпкер", "шаруа қожалығы", "чл",
    "товарищество с ограниченной ответственностью", "Коммунальное государственное учреждение", "Limited Liability Partnership",
)  # fmt: skip
_LETTERS = (
    "абвгджзийклмнопрстуфхцчшщъыьэюяёәғқңөұүһіїєabcdefghijklmnopqrstuvwxyz0123456789 .,-\"«»'`№×*²⌀øØßİΣſŠčñéüǅﬁ１Ａ"
    "\u0301\u0308\u200b\xad\U0001f600\u4e2d\uac00\u05d0\u0627\u2028\xa0\u0490"
)


def _odd(count: int) -> Iterator[str]:
    """Texts that nobody types: letters of every kind, legal forms among them, the same every time."""
    chance = random.Random(7)
    for _ in range(count):
        parts = ["".join(chance.choices(_LETTERS, k=chance.randint(0, 9))) for _ in range(2)]
        parts += chance.sample([*_FORMS, "3х2,5", "Ø12мм", "12 мм", "Ду 50", "м12 x 40"], 2)
        text = chance.choice(" .-").join(chance.sample(parts, chance.randint(1, 4)))
        yield chance.choice([text, text.upper(), text.capitalize()])


@pytest.fixture(scope="module")
def engine() -> Iterator[duckdb.DuckDBPyConnection]:
    """The engine with the real macros."""
    known = {d.name: d for d in sql.read("core")}
    with duckdb.connect() as con:
        for name in MACROS:
            con.execute(f"CREATE MACRO {name}({'words' if name == 'name_bits' else 'name'}) AS ({known[name].body})")
        yield con


def test_a_text_is_folded_as_the_mirror_folds_it(engine: duckdb.DuckDBPyConnection) -> None:
    texts = [row["name"] for row in bench.parties(HERE / "parties.tsv")]
    texts += [query.text for query in bench.queries(HERE / "queries.tsv")]
    texts += _odd(600)
    rows = engine.execute(
        "SELECT t, name_plain(t), name_folded(t), coalesce(legal_form(t), ''), item_words(t), name_bits(name_folded(t))"
        " FROM (SELECT unnest($texts) AS t)",
        {"texts": texts},
    ).fetchall()
    assert len(rows) == len(texts) > 1000
    for text, plain, folded, form, goods, bits in rows:
        here = fold.plain(text), fold.folded(text), fold.form(text), fold.goods(text), fold.bits(folded)
        assert here == (plain, folded, form, goods, tuple(bits)), text


@pytest.mark.parametrize(
    ("text", "folded", "form"),
    [
        ("ТОО «Ромашка»", "ромашка", "too"),
        ("ромашка llp", "ромашка", "too"),
        ("Romashka", "ромашка", ""),
        ("ӘЖҢ", "ажн", ""),
        ("ТОО", "то", "too"),
    ],
)
def test_the_words_of_a_name_are_those_that_tell_it_apart(text: str, folded: str, form: str) -> None:
    assert (fold.folded(text), fold.form(text)) == (folded, form)
