"""The Russian standard 1.03: one Сумма, the side told by ДатаСписано or ДатаПоступило.

The standard has no currency. This bank adds Валюта where an account is not in tenge: a Kazakh account number does not tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sync.standins.company.banking import BankLine, Statement
from sync.standins.statements.sides import Side, Sides, day, full, one_line, whole_period

KINDS = {
    "payment": "Платежное поручение",
    "fee": "Банковский ордер",
    "transfer": "Платежное поручение",
    "conversion": "Мемориальный ордер",
}
LABELS = {"cp1251": "Windows", "cp866": "DOS", "utf-8": "UTF-8", "utf-8-sig": "UTF-8"}
PARTS = 6


def russian(statement: Statement, sides: Sides) -> Iterator[str]:
    """Lines between the first and the last of a file."""
    first, last = day(statement.first), day(statement.last)
    own = sides.own(statement.account)
    currency = sides.currency(statement.account)
    foreign = (f"Валюта={currency}",) if currency != "KZT" else ()
    yield "ВерсияФормата=1.03"
    yield f"Кодировка={LABELS[statement.encoding]}"
    yield f"Отправитель={own.bank}"
    yield "Получатель="
    yield f"ДатаСоздания={last}"
    yield "ВремяСоздания=23:59:00"
    yield f"ДатаНачала={first}"
    yield f"ДатаКонца={last}"
    yield f"РасчСчет={own.account}"
    opening, came, went, closing = whole_period(statement)
    yield "СекцияРасчСчет"
    yield f"ДатаНачала={first}"
    yield f"ДатаКонца={last}"
    yield f"РасчСчет={own.account}"
    yield from foreign
    yield f"НачальныйОстаток={full(opening)}"
    yield f"ВсегоПоступило={full(came)}"
    yield f"ВсегоСписано={full(went)}"
    yield f"КонечныйОстаток={full(closing)}"
    yield "КонецРасчСчет"
    for one in statement.days:
        for line in one.lines:
            yield from _document(line, sides, foreign)


def _document(line: BankLine, sides: Sides, foreign: Iterable[str]) -> Iterator[str]:
    payer, payee = sides.payer_and_payee(line)
    on = day(line.moment)
    yield f"СекцияДокумент={KINDS[line.kind]}"
    yield f"Номер={line.number}"
    yield f"Дата={on}"
    yield f"Сумма={full(line.total)}"
    yield from foreign
    yield from _side("Плательщик", payer)
    yield f"ДатаСписано={'' if line.incoming else on}"
    yield from _side("Получатель", payee)
    yield f"ДатаПоступило={on if line.incoming else ''}"
    yield "ВидПлатежа=Электронно"
    yield "ВидОплаты=01"
    yield f"КодНазПлатежа={line.knp}"
    yield f"НазначениеПлатежа={one_line(line.purpose)}"
    parts = line.purpose.splitlines()
    if 1 < len(parts) <= PARTS:
        yield from (f"НазначениеПлатежа{n}={part}" for n, part in enumerate(parts, start=1))
    yield "Очередность=5"
    yield "КонецДокумента"


def _side(who: str, side: Side) -> Iterator[str]:
    name = one_line(side.name)
    yield f"{who}Счет={side.account}"
    yield f"{who}={f'ИНН {side.bin} {name}' if side.bin else name}"
    yield f"{who}ИНН={side.bin}"
    yield f"{who}1={name}"
    yield f"{who}РасчСчет={side.account}"
    yield f"{who}Банк1={side.bank}"
    yield f"{who}БИК={side.bic}"
    yield f"{who}Корсчет="
    yield f"{who}КПП="
