"""Planted fact 16: one company under three spellings, and names that look alike and are not one."""

from __future__ import annotations

from datetime import date

from sync.standins.company import tax
from sync.standins.company.plot import Plot


def spellings(plot: Plot) -> None:
    """«Ромашка» in 1C, the bank and the CRM; a twin, a branch, namesakes, a wrong check digit, Latin letters inside."""
    stream = plot.stream(16)
    plain = plot.party(16, 0, "ТОО", "Ромашка")
    twin = plot.party(16, 1, "ТОО", "Ромашка Трейд")
    first, second = (plot.party(16, i, "ИП", "Образцов Асан") for i in (2, 3))
    name = "Филиал ТОО «Ромашка» в г. Примерск"
    branch = plot.party(
        16, 4, "ТОО", "Ромашка", name=name, full_name=name, bin=tax.bin_of(50_324, branch=True), kind="branch",
        parent=plain.ref,
    )  # fmt: skip
    right = tax.bin_of(50_325)
    wrong = plot.party(16, 5, "ТОО", "Образец-Опечатка", bin=f"{right[:11]}{(int(right[11]) + 1) % 10}")
    mixed = plot.party(16, 6, "ТОО", "Oбрaзец-Мост")
    plot.quirks.spelling[plain.ref] = "Romashka LLP"
    plot.titles[plain.ref] = "ромашка"
    open_kzt = {}
    cards = (plain, twin, first, second, branch, wrong, mixed)
    for i, card in enumerate(cards):
        contract = plot.contract(stream, card, "sale", f"ИМ-{i + 1}", pay_days=20)
        sale = plot.trade(stream, "sale", contract, date(2025, 11, 3 + i), f"{(i + 1) * 100_000}")
        if i < 2:
            plot.pay(stream, "bank_in", contract, date(2025, 12, 1 + i), "40000", sale)
        open_kzt[card.code] = f"{(i + 1) * 100_000 - (40_000 if i < 2 else 0)}.00"
    plot.facts["16"] = {
        "party": plain.name,
        "bin": plain.bin,
        "bank_name": "Romashka LLP",
        "crm_title": "ромашка",
        "twin": twin.name,
        "twin_bin": twin.bin,
        "namesakes": [{"name": card.name, "bin": card.bin} for card in (first, second)],
        "branch": {"name": branch.name, "bin": branch.bin},
        "wrong_bin": {"name": wrong.name, "bin": wrong.bin},
        "mixed_script": {"name": mixed.name, "reads": "ТОО «Образец-Мост»", "bin": mixed.bin},
        "open_kzt": {card.name if card.kind != "entrepreneur" else card.bin: open_kzt[card.code] for card in cards},
    }
