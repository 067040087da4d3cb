"""Bank statements of the own accounts: the lines of every payment through a bank, cut into files by month or quarter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from sync.standins.company import names
from sync.standins.company.banking import BankLine, Statement, StatementDay
from sync.standins.company.ground import EARLIER, TODAY, Ground
from sync.standins.company.model import BankAccount, Doc, Party

ENCODINGS = {"kaspi": "cp1251", "halyk": "utf-8", "bcc": "utf-8", "jusan": "cp1251", "ru": "cp1251"}
_MONTHLY = frozenset({"kaspi", "halyk"})
_KINDS = {"КомиссияБанка": "fee", "ПереводСобственныхСредств": "transfer", "ПокупкаВалюты": "conversion"}


@dataclass(slots=True)
class Quirks:
    """Where the bank and 1C differ on purpose."""

    absent: set[str] = field(default_factory=set)  # documents that the bank never saw
    merged: dict[str, str] = field(default_factory=dict)  # document -> the document whose line holds its money too
    extra: list[BankLine] = field(default_factory=list)  # lines without a document
    moments: dict[str, datetime] = field(default_factory=dict)  # when the bank booked it, where that is another time
    spelling: dict[str, str] = field(default_factory=dict)  # party -> its name in every bank
    late: date | None = None  # the day that is missing in the chain of the third account


@dataclass(frozen=True, slots=True)
class Cards:
    """Parties and their accounts, by ref of the party."""

    parties: Mapping[str, Party]
    accounts: Mapping[str, BankAccount]
    bics: Mapping[str, str]  # by ref of a bank


def lines(ground: Ground, docs: Iterable[Doc], cards: Cards, quirks: Quirks) -> dict[str, list[BankLine]]:
    """The bank's lines up to TODAY, by own account, in order of time."""
    made: dict[str, list[BankLine]] = {account.ref: [] for account in ground.accounts}
    together: dict[str, int] = {}
    paid = [doc for doc in docs if doc.bank_account and doc.posted and not doc.deleted and doc.moment.date() <= TODAY]
    for doc in paid:
        if doc.ref in quirks.merged:
            leader = quirks.merged[doc.ref]
            together[leader] = together.get(leader, 0) + doc.total
    for doc in paid:
        if doc.ref not in quirks.absent and doc.ref not in quirks.merged:
            made[doc.bank_account or ""].append(_line(ground, doc, cards, quirks, together.get(doc.ref, 0)))
    for extra in quirks.extra:
        made[extra.account].append(extra)
    for rows in made.values():
        rows.sort(key=lambda row: (row.moment, row.number, row.total))
    return made


def _line(ground: Ground, doc: Doc, cards: Cards, quirks: Quirks, more: int) -> BankLine:
    incoming = doc.kind.startswith("bank_in")
    card = cards.parties.get(doc.party or "")
    own = next(account for account in ground.accounts if account.ref == doc.bank_account)
    if card is not None:
        theirs = cards.accounts.get(card.ref)
        style = int(card.ref[-2:], 16) % 4
        name = quirks.spelling.get(card.ref) or names.bank_spelling(card.name, style)
        number = "" if card.kind == "foreign" else card.bin
        iban, bic = (theirs.iban, cards.bics[theirs.bank]) if theirs else ("", "")
    else:
        org = next(org for org in ground.orgs if org.ref == doc.org)
        name, number = org.name, org.bin
        if doc.operation == "КомиссияБанка":
            bank = next(bank for bank in ground.banks if bank.ref == own.bank)
            name, number = bank.name, bank.bin
        iban, bic = "", cards.bics[own.bank]
    return BankLine(
        own.ref,
        quirks.moments.get(doc.ref, doc.moment),
        incoming,
        doc.total + more,
        doc.in_number if incoming else doc.number.lstrip("АБВГДЕЖЗИКЛМНОПРСТ").lstrip("0"),
        name,
        number,
        iban,
        bic,
        names.plain(doc.purpose),
        doc.knp,
        doc.ref,
        _KINDS.get(doc.operation, "payment"),
    )


def periods(dialect: str, size: str) -> list[tuple[date, date]]:
    """(first, last day) of the files of an account: months or quarters to the end of 2025, then two parts of January."""
    step = 1 if dialect in _MONTHLY and size != "tiny" else 3
    starts = [date(2022 + m // 12, m % 12 + 1, 1) for m in range(0, 48, step)]
    spans = [(a, b - timedelta(days=1)) for a, b in zip(starts, [*starts[1:], date(2026, 1, 1)], strict=True)]
    return [*spans, (date(2026, 1, 1), EARLIER), (EARLIER + timedelta(days=1), TODAY)]


def cut(ground: Ground, made: Mapping[str, list[BankLine]], size: str, quirks: Quirks) -> list[Statement]:
    """All statement files, account by account in order of time, with the planted flaws at the end of each account."""
    files: list[Statement] = []
    for account in ground.accounts:
        dialect = ground.dialects[account.ref]
        rows, balance, at = made[account.ref], 0, 0
        mine: list[Statement] = []
        for first, last in periods(dialect, size):
            end = at
            while end < len(rows) and rows[end].moment.date() <= last:
                end += 1
            of_period, opening = rows[at:end], balance
            balance = _closing(balance, of_period)
            at = end
            if size == "tiny" and not of_period and (last < TODAY or not rows):
                continue
            span, flaw = (first, last), ""
            if dialect == "bcc" and quirks.late and first <= quirks.late <= last:
                span, flaw = (first, quirks.late - timedelta(days=1)), "missing_day"
                of_period = [row for row in of_period if row.moment.date() < quirks.late]
            mine.append(_file(account, dialect, span, opening, of_period, flaw))
        files.extend(mine)
        files.extend(_flawed(mine, made[account.ref], account, size))
    return files


def _flawed(mine: list[Statement], rows: list[BankLine], account: BankAccount, size: str) -> list[Statement]:
    """Copies with a planted flaw: a control total that is wrong, the same file twice, a file that overlaps others."""
    dialect = mine[0].dialect if mine else ""
    flawed: list[Statement] = []
    if dialect == "kaspi":
        chosen = next(file for file in mine if file.first >= date(2024, 4, 1) or size == "tiny")
        day = replace(chosen.days[0], total_in=chosen.days[0].total_in + 100_000)
        flawed.append(replace(chosen, file=_named(chosen, "totals"), days=(day, *chosen.days[1:]), flaw="totals"))
    if dialect == "jusan" and len(mine) > 6:
        flawed.append(replace(mine[5], file=_named(mine[5], "copy"), flaw="duplicate_file"))
    if dialect == "halyk" and size != "tiny":
        first = date(2026, 1, 1)
        opening = _closing(0, [row for row in rows if row.moment.date() < first])
        january = [row for row in rows if row.moment.date() >= first]
        flawed.append(_file(account, dialect, (first, TODAY), opening, january, "overlap"))
    return flawed


def _named(statement: Statement, word: str) -> str:
    return statement.file.replace(".txt", f"_{word}.txt")


def _closing(opening: int, rows: Iterable[BankLine]) -> int:
    return opening + sum(row.total if row.incoming else -row.total for row in rows)


def _file(
    account: BankAccount, dialect: str, span: tuple[date, date], opening: int, rows: list[BankLine], flaw: str
) -> Statement:
    first, last = span
    days: list[StatementDay] = []
    if dialect == "halyk":
        balance = opening
        for day, of_day in groupby(rows, key=lambda row: row.moment.date()):
            days.append(_day(day, balance, list(of_day)))
            balance = days[-1].closing
        if (
            days and days[-1].day < last
        ):  # quiet days have no section, but the last one does: it says how far the file goes
            days.append(_day(last, balance, []))
    if not days:
        days.append(_day(last if dialect == "halyk" else first, opening, rows))
    name = f"{dialect}_{account.iban[-4:]}_{first:%Y%m%d}_{last:%Y%m%d}{'_' + flaw if flaw else ''}.txt"
    encoding = ENCODINGS[dialect]
    if dialect == "halyk" and first < date(2024, 1, 1):
        encoding = "cp1251"
    elif dialect == "bcc":
        encoding = "utf-8-sig" if first.month == 1 else "utf-8"
    return Statement(name, dialect, encoding, account.ref, first, last, tuple(days), flaw)


def _day(day: date, opening: int, rows: list[BankLine]) -> StatementDay:
    came = sum(row.total for row in rows if row.incoming)
    went = sum(row.total for row in rows if not row.incoming)
    return StatementDay(day, opening, opening + came - went, came, went, tuple(rows))


def last_day(rows: Iterable[BankLine], day: date) -> date | None:
    """The last day with lines up to a day."""
    return max((row.moment.date() for row in rows if row.moment.date() <= day), default=None)


def known(files: Iterable[Statement], day: date) -> list[Statement]:
    """The files that are in the inbox by the evening of a day."""
    return [file for file in files if file.last <= day]
