"""What there is, grouped by what people ask about: the way from a topic to the names of metrics and relations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of names. said: what it is in a word or two, ru and kk; stems: names, and words of names, that belong here."""

    name: str
    said: str
    stems: frozenset[str]


def _topic(name: str, said: str, stems: str) -> Topic:
    return Topic(name, said, frozenset(stems.split()))


# The first topic that knows a word of a name has it, so the narrow ones stand before the wide ones.
# A name is of the topic that knows it whole, else of the first of its words that a topic knows.
TOPICS: tuple[Topic, ...] = (
    _topic(
        "receivables",
        "нам должны, бізге қарыз",
        "ar receivables client top ageing aged open debtors collection collections cei dso best exposure credit_exposure limits days advances paid_items paid_item open_span unused_span",
    ),
    _topic("payables", "мы должны, біздің қарыз", "ap payables"),
    _topic("payments", "оплаты, төлемдер", "pay payments paid received invoice settlement credit debit act"),
    _topic("cash", "деньги и банк, ақша мен банк", "cash bank unmatched ddc_item"),
    _topic("sales", "продажи, сату", "revenue sales sale_line credit_sales credit_sale gross margin returns"),
    _topic(
        "goods", "склад, қойма", "goods promise order stock item warehouse can available atp supply reserve lead unit"
    ),
    _topic("deals", "сделки, мәмілелер", "deal deals pipeline win won crm"),
    _topic("tax", "НДС и ЭСФ, ҚҚС", "vat esf"),
    _topic(
        "ledger",
        "учёт и сверка, бухгалтерия",
        "gl account control intercompany reconciliation finding late backdated changes fx freshness revaluation",
    ),
    _topic(
        "records",
        "справочники и документы, анықтамалар",
        "cp org contract doc name known legal bin in party share before",
    ),
)


def topic_of(name: str) -> str:
    """The topic of a metric or relation by its name; OTHER when none knows it."""
    for word in (name, *name.split("_")):
        for topic in TOPICS:
            if word in topic.stems:
                return topic.name
    return OTHER


def grouped(names: Iterable[str]) -> dict[str, list[str]]:
    """Names by topic, in the order of TOPICS; topics without a name are left out."""
    found: dict[str, list[str]] = {topic: [] for topic in (*(t.name for t in TOPICS), OTHER)}
    for name in names:
        found[topic_of(name)].append(name)
    return {topic: held for topic, held in found.items() if held}


def known(name: str) -> Topic | None:
    """The topic of this name."""
    return next((topic for topic in (*TOPICS, Topic(OTHER, "", frozenset())) if topic.name == name), None)
