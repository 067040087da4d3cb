"""Four Kazakh hands: the side is told by СуммаПриход or СуммаРасход. Key order and capitals of each are those of the banks' own files."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sync.standins.company.banking import BankLine, Statement
from sync.standins.statements.sides import Side, Sides, day, full, one_line, short, whole_period


def kaspi(statement: Statement, sides: Sides) -> Iterator[str]:
    """Version 1.01, mixed case, amounts with two places."""
    period = _period(statement, sides)
    yield "ВерсияФормата=1.01"
    yield f"Кодировка={_label(statement)}"
    yield "Получатель=1C"
    yield from period
    yield "СекцияРасчСчет"
    yield from period
    yield from _balances(whole_period(statement), full)
    yield "КонецРасчСчет"
    for line in _lines(statement):
        payer, payee = sides.payer_and_payee(line)
        yield "СекцияДокумент=выписка"
        yield f"НомерДокумента={line.number}"
        yield f"ДатаДокумента={day(line.moment)}"
        yield "ВидДокумента=Платежное поручение"
        for who, side in (("Получатель", payee), ("Плательщик", payer)):
            yield from _named(who, side, one_line(side.name))
            yield f"{who}БанкБИК={side.bic}"
            yield f"{who}КБЕ={side.kbe}"
        yield f"{_sum_key(line)}={full(line.total)}"
        yield f"ДатаОперации={day(line.moment)}"
        yield f"НазначениеПлатежа={one_line(line.purpose)}"
        yield f"КодНазначенияПлатежа={line.knp}"
        yield "КонецДокумента"


def halyk(statement: Statement, sides: Sides) -> Iterator[str]:
    """No version and no encoding line, capitals (but for the two totals), one section a day."""
    period = _period(statement, sides)
    yield from (line.upper() for line in period)
    for one in statement.days:
        yield "СЕКЦИЯРАСЧСЧЕТ"
        yield f"ДАТАНАЧАЛА={day(one.day)}"
        yield f"ДАТАКОНЦА={day(one.day)}"
        yield period[-1].upper()
        yield f"НАЧАЛЬНЫЙОСТАТОК={short(one.opening)}"
        yield f"ВсегоПоступило={short(one.total_in)}"
        yield f"ВсегоСписано={short(one.total_out)}"
        yield f"КОНЕЧНЫЙОСТАТОК={short(one.closing)}"
        yield "КОНЕЦРАСЧСЧЕТ"
    for line in _lines(statement):
        payer, payee = sides.payer_and_payee(line)
        yield "СЕКЦИЯДОКУМЕНТ=ВЫПИСКА"
        yield f"НОМЕРДОКУМЕНТА={line.number}"
        yield f"ДАТАДОКУМЕНТА={day(line.moment)}"
        yield f"ДАТАОПЕРАЦИИ={day(line.moment)}"
        yield f"{_sum_key(line).upper()}={short(line.total)}"
        for who, side in (("ПЛАТЕЛЬЩИК", payer), ("ПОЛУЧАТЕЛЬ", payee)):
            yield f"{who}НАИМЕНОВАНИЕ={one_line(side.name)}"
            yield f"{who}БИН_ИИН={side.bin}"
            yield f"{who}КБЕ={side.kbe}"
            yield f"{who}ИИК={side.account}"
            yield f"{who}БАНКНАИМЕНОВАНИЕ={side.bank}"
            yield f"{who}БАНКБИК={side.bic}"
        yield f"НАЗНАЧЕНИЕПЛАТЕЖА={one_line(line.purpose)}"
        yield f"КОДНАЗНАЧЕНИЯПЛАТЕЖА={line.knp}"
        yield "КОНЕЦДОКУМЕНТА"


def bcc(statement: Statement, sides: Sides) -> Iterator[str]:
    """Version 2.0, no encoding line, a quoted section value, Сумма and Валюта beside the sided amount."""
    period = _period(statement, sides)
    currency = sides.currency(statement.account)
    yield "ВерсияФормата=2.0"
    yield 'Отправитель=АО "Банк ЦентрКредит"'
    yield "Получатель=1C Предприятие, Бухгалтерия для Казахстана"
    yield f"ДатаСоздания={day(statement.last)}"
    yield "ВремяСоздания=18:11:22"
    yield from period
    yield "СекцияРасчСчет"
    yield from period
    yield from _balances(whole_period(statement), short)
    yield "КонецРасчСчет"
    for line in _lines(statement):
        payer, payee = sides.payer_and_payee(line)
        yield 'СекцияДокумент="Выписка"'
        yield "ВидДокумента=ПлатежноеПоручение"
        yield f"ДатаОперации={day(line.moment)}"
        yield f"{_sum_key(line)}={short(line.total)}"
        yield f"НомерДокумента={line.number}"
        yield f"ДатаДокумента={day(line.moment)}"
        for who, side in (("Плательщик", payer), ("Получатель", payee)):
            yield f"{who}Наименование={one_line(side.name)}"
            yield f"{who}БИН_ИИН={side.bin}"
            yield f"{who}КБЕ={side.kbe}"
            yield f"{who}ИИК={side.account}"
            yield f"{who}БанкНаименование={side.bank}"
            yield f"{who}БанкБИК={side.bic}"
        yield f"НазначениеПлатежа={one_line(line.purpose)}"
        yield f"КодНазначенияПлатежа={line.knp}"
        yield f"ДатаВалютирования={day(line.moment)}"
        yield f"Сумма={short(line.total)}"
        yield f"Валюта={currency}"
        yield "КонецДокумента"


def jusan(statement: Statement, sides: Sides) -> Iterator[str]:
    """The encoding before version 2.00, the words of sections in capitals, own names in quotes, and Jusan's own BIC as the payer's bank."""
    period = _period(statement, sides)
    own_bic = sides.own(statement.account).bic
    yield f"Кодировка={'windows-1251' if statement.encoding == 'cp1251' else _label(statement)}"
    yield "ВерсияФормата=2.00"
    yield from period
    yield "СЕКЦИЯРАСЧСЧЕТ"
    yield from period
    yield from _balances(whole_period(statement), short)
    yield "КОНЕЦРАСЧСЧЕТ"
    for line in _lines(statement):
        payer, payee = sides.payer_and_payee(line)
        yield "СЕКЦИЯДОКУМЕНТ=Выписка"
        yield f"НомерДокумента={line.number}"
        yield f"ДатаДокумента={day(line.moment)}"
        yield "ВидДокумента=ПлатежноеПоручение"
        yield f"{_sum_key(line)}={short(line.total)}"
        for who, side in (("Получатель", payee), ("Плательщик", payer)):
            yield from _named(who, side, f'"{one_line(side.name)}"')
        yield f"ДатаОперации={day(line.moment)}"
        yield f"НазначениеПлатежа={one_line(line.purpose)}"
        yield f"КодНазначенияПлатежа={line.knp}"
        yield f"ПлательщикБанкБИК={own_bic}"
        yield "КонецДокумента"


def _label(statement: Statement) -> str:
    return {"cp1251": "Windows", "cp866": "DOS"}.get(statement.encoding, "UTF-8")


def _lines(statement: Statement) -> Iterator[BankLine]:
    return (line for one in statement.days for line in one.lines)


def _period(statement: Statement, sides: Sides) -> tuple[str, str, str]:
    """The three lines that stand in the header and again in the section."""
    account = sides.own(statement.account).account
    return f"ДатаНачала={day(statement.first)}", f"ДатаКонца={day(statement.last)}", f"РасчСчет={account}"


def _balances(figures: tuple[int, int, int, int], figure: Callable[[int], str]) -> Iterator[str]:
    keys = ("НачальныйОстаток", "ВсегоПоступило", "ВсегоСписано", "КонечныйОстаток")
    return (f"{key}={figure(value)}" for key, value in zip(keys, figures, strict=True))


def _named(who: str, side: Side, name: str) -> Iterator[str]:
    yield f"{who}Наименование={name}"
    yield f"{who}БИН_ИИН={side.bin}"
    yield f"{who}ИИК={side.account}"


def _sum_key(line: BankLine) -> str:
    return "СуммаПриход" if line.incoming else "СуммаРасход"
