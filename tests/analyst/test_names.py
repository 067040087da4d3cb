"""find over invented names: what is meant comes first, nothing wrong is picked, and what is not certain is asked about."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyst import metrics, topics
from analyst.abbreviation import expanded
from analyst.audit import Audit
from analyst.errors import Ambiguous
from analyst.inflection import inflected
from analyst.likeness import Words, score
from analyst.names import clean, number, readings
from analyst.numbers import Said, read
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror
from analyst.tools import Analyst
from bench import names as bench

HERE = Path(__file__).parent / "names"
EVERY = 4  # of the queries; bench/names.py asks them all


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[bench.Answer]:
    """What the real find says to the queries, over a mirror of the invented names."""
    data = tmp_path_factory.mktemp("names")
    bench.mirror(bench.parties(HERE / "parties.tsv"), data)
    return bench.ask_all(data, bench.queries(HERE / "queries.tsv")[::EVERY], callers=2)


def test_names_are_recalled(answers: list[bench.Answer]) -> None:
    reached = bench.figures(answers)
    assert reached.queries > 100
    assert reached.recall_1 >= 0.97, [a.query.text for a in answers if a.query.ids and not a.recalled(1)]
    assert reached.recall_5 >= 0.995, [a.query.text for a in answers if a.query.ids and not a.recalled(5)]


def test_no_wrong_name_is_picked(answers: list[bench.Answer]) -> None:
    assert [(a.query.text, a.pick) for a in answers if a.wrong] == []


def test_most_names_are_picked_without_asking(answers: list[bench.Answer]) -> None:
    assert bench.figures(answers).asked <= 0.30


def test_an_answer_to_a_name_is_short(answers: list[bench.Answer]) -> None:
    assert max(len(a.ids) for a in answers) <= 10


def test_the_queries_are_enough_and_of_every_class() -> None:
    wanted = bench.queries(HERE / "queries.tsv")
    assert len(wanted) >= 250
    assert len({q.kind for q in wanted}) >= 18
    known = {row["cp_id"] for row in bench.parties(HERE / "parties.tsv")}
    assert all(q.ids <= known for q in wanted)


@pytest.fixture(scope="module")
def analyst(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Analyst]:
    """An Analyst over the demo company."""
    settings = Settings(data=demo, audit=tmp_path_factory.mktemp("audit"))
    pool, audit = Pool(settings), Audit(settings.audit_folder, "test", settings.role)
    yield Analyst(settings, Mirror(demo, settings.role), pool, audit, metrics.read())
    pool.close()
    audit.close()


@pytest.mark.parametrize(
    ("text", "article"),
    [
        ("арматура А500С 12", "ПР-017"),
        ("armatura A500C 12", "ПР-017"),
        ("арматура A500C Ø16", "ПР-002"),
        ("Арматура ф12мм", "ПР-017"),
        ("кабель ВВГ 3x2.5", "ПР-003"),
        ("кабел VVG 5*6", "ПР-004"),
        ("болт m12", "ПР-008"),
        ("профнастил c21", "ПР-009"),
        ("ПР-007", "ПР-007"),
    ],
)
@pytest.mark.anyio
async def test_an_item_is_found_by_its_grade_and_size(analyst: Analyst, text: str, article: str) -> None:
    first = json.loads(await analyst.find(text, "item"))["rows"][0]
    assert first[0] == "item"
    assert first[3].endswith(article)


@pytest.mark.anyio
async def test_a_size_that_is_not_there_is_not_picked(analyst: Analyst) -> None:
    assert "pick" not in json.loads(await analyst.find("арматура А500С 14", "item"))
    assert "pick" not in json.loads(await analyst.find("арматура", "item"))


@pytest.mark.anyio
async def test_a_name_of_the_demo_is_picked_and_its_twin_is_not(analyst: Analyst) -> None:
    named = {row[2]: row[1] for row in json.loads(await analyst.find("Ромашка", "counterparty"))["rows"]}
    assert json.loads(await analyst.find("ромашка llp", "counterparty"))["pick"] == named["ТОО «Ромашка»"]
    assert json.loads(await analyst.find("romashka treid"))["pick"] == named["ТОО «Ромашка Трейд»"]


@pytest.mark.anyio
async def test_namesakes_with_other_numbers_are_asked_about(analyst: Analyst) -> None:
    with pytest.raises(Ambiguous) as raised:
        await analyst.metric("paid_to_supplier", {"counterparty": "ИП Образцов Асан", "period": "2025"})
    assert len(raised.value.near) >= 2


def test_metrics_are_found_by_what_people_say() -> None:
    known = metrics.read()
    with (HERE / "topics.tsv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    assert len(rows) > 50
    found = {r["query"]: [c.id for c in topics.metrics(r["query"], known)] for r in rows}
    missed = [(r["query"], found[r["query"]][:2]) for r in rows if r["metric"] not in found[r["query"]][:1]]
    assert len(missed) <= len(rows) // 20, missed
    assert [r for r in rows if r["metric"] not in found[r["query"]][:3]] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("счёт 234", Said("234", " invoice_out ", "")),
        ("счет № 234 от 12.03.2025", Said("234", " invoice_out ", "2025-03-12")),
        ("реализация 00000123 за 2025 год", Said("00000123", " sale ", "2025")),
        ("12 марта 2025 г. накладная ДМ-17", Said("ДМ-17", " sale purchase ", "2025-03-12")),
        ("шот № 5 2024 жылы", Said("5", " invoice_out ", "2024")),
        ("invoice no. 77 from 2024-02-29", Said("77", " invoice_out ", "2024-02-29")),
        ("счёт-фактура 9", Said("9", " esf sale purchase ", "")),
        ("ЭСФ № 9", Said("9", " esf ", "")),
        ("2025", Said("2025", "", "")),
    ],
)
def test_a_document_is_read_from_what_is_said_of_it(text: str, said: Said) -> None:
    assert read(text) == said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("лев", "лву"),
        ("ден", "дня"),
        ("отец", "отца"),
        ("боец", "боица"),
        ("нови", "новому"),
        ("северная", "севернои"),
        ("ромашка", "ромашкои"),
    ],
)
def test_cases_of_a_word_are_one_word(one: str, other: str) -> None:
    assert inflected(one, other)
    assert inflected(other, one)


@pytest.mark.parametrize(("one", "other"), [("нови", "нова"), ("тест", "тесто"), ("лес", "леска"), ("сок", "сук")])
def test_words_alike_are_not_always_cases_of_one(one: str, other: str) -> None:
    assert not inflected(one, other)


def test_abbreviations_are_looked_for_by_their_words_and_back() -> None:
    assert list(expanded(["сму", "5"])) == ["строително", "монтажное", "управление"]
    assert "сму" in expanded(["строително", "монтажному", "управлению"])


def test_nothing_may_be_picked_where_there_is_no_such_party() -> None:
    query = next(q for q in bench.queries(HERE / "queries.tsv") if q.text == "СМУ-79")
    assert not query.ids
    picked, asked = bench.Answer(query, ("cp_1",), (0.9,), "cp_1", 1.0), bench.Answer(query, ("cp_1",), (0.9,), "", 1.0)
    assert picked.wrong
    assert not asked.wrong
    assert bench.figures([asked, asked]).recall_1 == 0  # no query counts


def test_a_text_without_a_number_names_no_document() -> None:
    assert read("счёт от Ромашки") is None


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("123456789012", "123456789012"),
        ("БИН: 123 456 789 012", "123456789012"),
        ("1234-5678-9012", "123456789012"),
        ("１２３４５６", "123456"),
        ("Ромашка 123456789012", "123456789012"),
        ("Склад 11", ""),
        ("Ромашка", ""),
    ],
)
def test_a_tax_number_is_read_with_its_signs(text: str, digits: str) -> None:
    assert number(clean(text)) == digits


def test_a_text_of_the_other_keyboard_is_read_as_meant() -> None:
    assert "ромашка" in readings("hjvfirf")
    assert "romashka" in readings("кщьфырлф")
    assert "көкше өнім" in readings("r-rit -y3v")
    assert "ВОСТОК" in readings("BOCTOK")


@pytest.mark.parametrize(
    ("asked", "known", "least", "most"),
    [
        ("ромашка", "ромашка", 0.99, 0.99),
        ("треид ромашка", "ромашка треид", 0.93, 0.93),
        ("треид ромашка", "треид ромашка юг", 0.84, 0.84),
        ("треид ромашка", "ромашка треид юг", 0.70, 0.83),
        ("а б образцов", "образцов а б", 0.99, 0.99),
        ("образцов б а", "образцов а б", 0.30, 0.70),
        ("образцову б а", "образцов а б", 0.30, 0.70),
        ("новому лву", "нови лев", 0.85, 0.89),
        ("новому лву", "нови л", 0.60, 0.87),
        ("нови", "нова", 0.60, 0.84),
        ("атп 3", "автотранспортное предприятие 3", 0.85, 0.89),
        ("автотранспортного предприятия 3", "атп 3", 0.85, 0.89),
        ("атп 3", "автотранспортное предприятие 4", 0.30, 0.70),
        ("тец 3", "теплоелектроцентрал 3", 0.85, 0.89),
        ("иесил", "есил", 0.85, 0.89),
        ("ромашка", "ромашка треид", 0.70, 0.84),
        ("ромашка строи", "ромашка треид", 0.45, 0.84),
        ("образцов в", "образцов а б", 0.40, 0.70),
        ("склад 2", "склад 1", 0.30, 0.70),
        ("алма строи", "алмастрои", 0.95, 0.95),
        ("рамашка треид", "ромашка треид", 0.85, 0.89),
    ],
)
def test_only_equal_words_are_certain(asked: str, known: str, least: float, most: float) -> None:
    assert least <= score(Words.of(asked), Words.of(known), {}) <= most


def test_initials_with_the_surname_as_it_was_said_come_first() -> None:
    said = Words.of("образцова г д")
    sister, brother = Words.of("образцова галина денисовна"), Words.of("образцов геннади денисович")
    assert score(said, sister, {}) > score(said, brother, {}) >= 0.85


def test_another_legal_form_is_another_party_until_somebody_says_so() -> None:
    known = Words.of("ромашка", "too")
    assert score(Words.of("ромашка", "too"), known, {}) == 0.99
    assert score(Words.of("ромашка"), known, {}) == 0.99
    assert score(Words.of("ромашка", "ao"), known, {}) < 0.85
