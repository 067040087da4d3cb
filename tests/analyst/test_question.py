"""What find and a metric's arguments make of questions as people ask them, on the demo company."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from analyst import extension
from analyst.audit import Audit
from analyst.errors import Ambiguous, BadArgument, NotKnown
from analyst.pool import Pool
from analyst.settings import Settings
from analyst.snapshot import Mirror
from analyst.tools import Analyst

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def analyst(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Analyst]:
    """An Analyst over the demo company with its prompts."""
    settings = Settings(data=demo, audit=tmp_path_factory.mktemp("audit"))
    pool, audit = Pool(settings), Audit(settings.audit_folder, "test", settings.role)
    known = extension.read(settings.extensions_folder)
    yield Analyst(settings, Mirror(demo, settings.role), pool, audit, known.metrics, templates=known.templates)
    pool.close()
    audit.close()


async def asked(analyst: Analyst, text: str) -> tuple[str, list[list[Any]]]:
    """The pick, and the candidates: kind, id, name, detail, score."""
    answer = json.loads(await analyst.find(text))
    return answer.get("pick", ""), answer["rows"]


async def test_who_and_what_are_both_found_and_figures_of_time_are_no_documents(analyst: Analyst) -> None:
    pick, found = await asked(analyst, "акт сверки с ТОО Ромашка за 4 квартал")
    assert pick == "act_of_reconciliation"
    assert {row[0] for row in found} == {"metric", "prompt", "counterparty"}
    assert "ТОО «Ромашка»" in [row[2] for row in found]
    for text, meant in (("топ 5 должников", "top_debtors"), ("почему отличается от 1С", "control_gl")):
        _, found = await asked(analyst, text)
        assert found[0][1] == meant
        assert "document" not in {row[0] for row in found}
    _, found = await asked(analyst, "оплачен ли счёт Ромашки 234")
    assert {"document", "metric", "counterparty"} <= {row[0] for row in found}


@pytest.mark.parametrize(
    ("text", "pick"),
    [("взаимозачет", "act_of_reconciliation"), ("қойма қалдығы", "stock"), ("дебиторская задолженность", "ar_total")],
)
async def test_a_certified_number_stands_before_a_relation_of_the_same_words(
    analyst: Analyst, text: str, pick: str
) -> None:
    assert (await asked(analyst, text))[0] == pick


async def test_what_the_data_has_not_is_told_as_that(analyst: Analyst) -> None:
    for text in ("зарплата", "Жұлдыз", "погода в Алматы"):
        answer = json.loads(await analyst.find(text))
        assert answer["rows"] == []
        assert "nothing by this name" in answer["next"]
    # A long question shares little with any definition, and is not said to be about nothing.
    unsure = json.loads(await analyst.find("CRM-дегі жабылған мәмілелер мен 1С сатылымдары сәйкес келе ме?"))
    assert "deal" in [row[1] for row in unsure["rows"]]
    assert "pick" not in unsure
    assert (await asked(analyst, "Март"))[0] == ""  # no beginning of маржа


async def test_a_kazakh_question_gets_kazakh_titles(analyst: Analyst) -> None:
    for text, title in (("қойма қалдығы", "Тауар қалдықтары"), ("сколько на складе", "Остатки товаров")):
        assert title in [row[2] for row in (await asked(analyst, text))[1]]


async def test_a_party_that_nobody_is_called_is_no_choice_between_strangers(analyst: Analyst) -> None:
    with pytest.raises(NotKnown, match="no counterparty is called") as absent:
        await analyst.metric("client_receivables", {"counterparty": "Меркурий"})  # strangers share some letters with it
    with pytest.raises(Ambiguous) as several:
        await analyst.metric("client_receivables", {"counterparty": "ИП Образцов Асан"})
    named = "SELECT any_value(cp_id), part FROM (SELECT cp_id, regexp_extract(name, 'Пример-([^ ]+ [^ ]+) ', 1) AS part FROM cp) WHERE part <> '' GROUP BY part HAVING count(*) = 1 ORDER BY part LIMIT 1"
    ((only, words),) = json.loads(await analyst.query(named))["rows"]
    with pytest.raises(NotKnown, match="one is like it") as part:
        await analyst.metric("client_receivables", {"counterparty": words, "as_of": "2025-12-31"})
    assert absent.value.near == ()
    assert len(several.value.near) > 1
    for error in (absent.value, several.value):
        call = json.loads(error.fix.removeprefix("find "))
        assert json.loads(await analyst.find(**call))["as_of"]
    # One name alone is like it: proposed with what else was asked, and not taken.
    assert [name.split()[0] for name in part.value.near] == [only]
    assert json.loads(part.value.fix.removeprefix("metric "))["arguments"] == {
        "counterparty": only,
        "as_of": "2025-12-31",
    }


async def test_a_quantity_carries_its_unit_and_a_span_what_was_said(analyst: Analyst) -> None:
    given = {"item": "Арматура А500С 12 мм (пример)", "qty": "3000 метров", "to": "Алматы"}
    told = json.loads(await analyst.metric("can_ship", given))
    assert (told["arguments"]["qty"], told["arguments"]["unit"]) == ("3000.000", "м")
    assert told["rows"] == json.loads(await analyst.metric("can_ship", given | {"qty": "3000", "unit": "м"}))["rows"]
    with pytest.raises(BadArgument, match="say one of them"):
        await analyst.metric("can_ship", given | {"unit": "т"})
    read = json.loads(await analyst.metric("revenue", {"period": "желтоқсан"}))["arguments"]
    assert (read["period_from"], read["period_to"]) == ("2025-12-01", "2025-12-31")
    assert json.loads(await analyst.metric("ar_total", {"as_of": "вчера"}))["on"] == "2026-01-30"


async def test_letters_before_a_number_mean_the_documents_that_have_them(analyst: Analyst) -> None:
    async def numbers(number: str) -> set[str]:
        answer = json.loads(await analyst.metric("invoice_status", {"number": number}, rows=100))
        place = answer["columns"].index("doc_number")
        return {row[place] for row in answer["rows"]}

    assert await numbers("ДЛ000000014") == await numbers("дл-14") == {"ДЛ000000014"}
    assert await numbers("14") == await numbers("00000000014") > {"ДЛ000000014", "00000000014"}
    assert await numbers("ЯЯ14") == await numbers("14")


async def test_a_tax_number_in_a_sentence_is_looked_for_before_the_words_beside_it(analyst: Analyst) -> None:
    ((party,),) = json.loads(await analyst.query("SELECT cp_id FROM cp WHERE bin_iin = '140540503203'"))["rows"]
    for text in ("Сколько должна Ромашка, БИН 140540503203?", "Ромашка ЖШС қанша қарыз, БСН 140540503203?"):
        _, rows = await asked(analyst, text)
        assert [(row[1], row[4]) for row in rows if row[0] == "counterparty"] == [(party, 1.0)]
