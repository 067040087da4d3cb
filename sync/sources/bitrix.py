"""Bitrix24: deals, companies, contacts and smart invoices with their dictionaries, through an incoming webhook.

Items change in place and are deleted without a trace, so an incremental pull asks two things side by side: what was edited in the closed
window [last end - 15 min, now - 1 min) of the portal's own clock, and which ids exist. A row edited after the window's end is read by
the next pull. An id that the mirror has never held is read by its id whatever its time of edit: it may be newer than the window, or old
and only now readable. Dictionaries, requisites and bank details are read whole. Moments become UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import polars as pl

from sync.errors import SourceChanged, SourceRefused, SourceUnavailable
from sync.sources.bitrix_call import NAME, Call, Webhook
from sync.sources.bitrix_list import Listing, by_ids, ids, items, rounds, rows
from sync.sources.bitrix_rows import Row, frame, integer
from sync.sources.bitrix_tables import (
    BANK_DETAIL,
    BIN_FIELDS,
    CATEGORY,
    COMPANY,
    DEAL,
    EDITED,
    INVOICE,
    ITEMS,
    OPTIONAL,
    REQUISITE,
    STAGE,
    TABLES,
    USER,
)
from sync.table import KEY, Done, Item, Page, Pull, Reject, Since, Source, Sweep, Table, Total

SETTLE = timedelta(seconds=60)
LOOKBACK = timedelta(minutes=15)
VANISH_LIMIT = 0.2  # of the live rows of a table; more is a lost right rather than a clean-up
EMPTY_LIMIT = 0.99  # a dictionary may change freely, but not become nothing
RECOUNTS = 3

Key = Callable[[Row], str]

_KINDS = {"process": "P", "success": "S", "failure": "F", "apology": "F"}


@dataclass(slots=True)
class Seen:
    """What a pull has learned of each table: the keys that exist, the item ids it has read, the item fields the portal has."""

    fields: Mapping[str, Sequence[str]]
    refs: dict[str, set[str]] = field(default_factory=lambda: {table.name: set() for table in TABLES})
    read: dict[str, set[int]] = field(default_factory=lambda: {table.name: set() for table in ITEMS})


def source(client: httpx.Client, webhook: str, base: str = "main", rate: float = 2.0) -> Source:
    """A portal ready to be pulled. webhook: `https://portal/rest/user/secret/`. rate: requests a second that are left to us.

    Raises: SourceRefused: the address is not that of a webhook.
    """
    portal = Webhook(client, webhook, rate)

    def pull(since: Since) -> Pull:
        return _pull(portal, since)

    return Source(NAME, base, TABLES, pull)


def _pull(portal: Webhook, since: Since) -> Iterator[Item | Done]:
    asked: dict[str, Call] = {f"fields_{t.name}": ("crm.item.fields", {"entityTypeId": t.path}) for t in ITEMS}
    asked |= {f"pipes_{t.name}": ("crm.category.list", {"entityTypeId": t.path}) for t in (DEAL, INVOICE)}
    replies, started = portal.batch(asked)
    until = started - SETTLE
    after = None if since.full or since.watermark is None else datetime.fromisoformat(since.watermark) - LOOKBACK
    seen = Seen({table.name: _fields(table, replies[f"fields_{table.name}"].result) for table in ITEMS})
    deal_pipes, invoice_pipes = (rows(replies[f"pipes_{t.name}"].result) for t in (DEAL, INVOICE))

    yield from _dictionary(seen, CATEGORY, deal_pipes, lambda row: str(integer(row["id"])))
    stages = _stages(portal, deal_pipes, invoice_pipes)
    yield from _dictionary(seen, STAGE, stages, lambda row: f"{row['ENTITY_ID']}|{row['STATUS_ID']}")
    yield from _dictionary(seen, USER, _users(portal), lambda row: str(integer(row["ID"])))
    yield from _lists(portal, seen, after, until)
    totals = yield from _settle(portal, seen, since)
    for table in TABLES:
        _guard(table, seen.refs[table.name], since)
    for table in TABLES:
        yield Sweep(table.name, pl.Series(KEY, sorted(seen.refs[table.name]), dtype=pl.String))
    for name, total in totals.items():
        yield Total(name, "rows", str(total))
    yield Done(until.astimezone(UTC).isoformat(), until.date().isoformat())


def _fields(table: Table, result: object) -> list[str]:
    """The declared fields that the portal has. Raises SourceChanged for a standard one that it lacks."""
    fields = result.get("fields") if isinstance(result, dict) else None
    has = set(fields) if isinstance(fields, dict) else set()
    for name in table.columns:
        if name not in has and not name.startswith(OPTIONAL):
            raise SourceChanged(NAME, table.name, name, "crm.item.fields does not name it")
    return [name for name in table.columns if name in has]


def _stages(portal: Webhook, deal_pipes: Sequence[Row], invoice_pipes: Sequence[Row]) -> list[Row]:
    """Stages of all pipelines; the default pipeline of deals has no number in its name."""
    names = {"DEAL_STAGE"} | {f"DEAL_STAGE_{row['id']}" for row in deal_pipes if integer(row["id"])}
    names |= {f"SMART_INVOICE_STAGE_{row['id']}" for row in invoice_pipes}
    calls = {f"of_{name}": ("crm.status.list", {"filter": {"ENTITY_ID": name}}) for name in sorted(names)}
    replies, _ = portal.batch(calls)
    return [{**row, "SEMANTICS": _semantics(row)} for reply in replies.values() for row in rows(reply.result)]


def _semantics(row: Row) -> str:
    extra = row.get("EXTRA")
    word = str(extra.get("SEMANTICS") or "") if isinstance(extra, dict) else ""
    return str(row.get("SEMANTICS") or "") or _KINDS.get(word, "P")


def _users(portal: Webhook) -> list[Row]:
    """All employees, dismissed ones too: their deals are still theirs. This method has no keyset."""
    found: list[Row] = []
    start: int | None = 0
    while start is not None:
        replies, _ = portal.batch({"users": ("user.get", {"sort": "ID", "order": "ASC", "start": start})})
        found += rows(replies["users"].result)
        following = replies["users"].next
        if following is not None and following <= start:
            raise SourceUnavailable(NAME, f"user.get gave the page before again (start {start})")
        start = following
    return found


def _lists(portal: Webhook, seen: Seen, after: datetime | None, until: datetime) -> Iterator[Page | Reject]:
    """Read the long lists. Without `after` the items are read whole, and the ids read are the ids that exist."""
    window = {f">={EDITED}": _iso(after), f"<{EDITED}": _iso(until)} if after else {}
    changed = [items(t, seen.fields[t.name], window) for t in ITEMS]
    existing = [items(t, ["id"]) for t in ITEMS] if after else changed
    select = [*(name for name in REQUISITE.columns if name != "RQ_INN"), *BIN_FIELDS]
    requisites = Listing(REQUISITE, REQUISITE.path, {"select": select}, {"ENTITY_TYPE_ID": COMPANY.path}, id="ID")
    details = Listing(BANK_DETAIL, BANK_DETAIL.path, {"select": list(BANK_DETAIL.columns)}, id="ID")
    accounts: list[Row] = []
    for listing, found in rounds(portal, [*changed, *(existing if after else ()), requisites, details]):
        name = listing.table.name
        if listing is details:
            accounts += found
            continue
        if listing is requisites or any(listing is one for one in existing):
            seen.refs[name] |= {str(one) for one in ids(found, listing.id)}
        if listing is requisites:
            yield from _page(REQUISITE, [{**row, "RQ_INN": _bin(row)} for row in found])
        elif any(listing is one for one in changed):
            seen.read[name] |= ids(found)
            yield from _page(listing.table, found)
    # Accounts of private persons hang on the same list: only those of companies are kept.
    of_companies = [row for row in accounts if str(integer(row.get("ENTITY_ID"))) in seen.refs[REQUISITE.name]]
    seen.refs[BANK_DETAIL.name] = {str(one) for one in ids(of_companies, "ID")}
    yield from _page(BANK_DETAIL, of_companies)


def _settle(portal: Webhook, seen: Seen, since: Since) -> Generator[Page | Reject, None, dict[str, int]]:
    """Read items that exist and are neither in the mirror nor in the window, and count; returns what the mirror should hold.

    A count that differs from the ids means that items came or went since the ids were read, so these are read again. An item that
    was read and then deleted stays until the next pull, and is counted.
    """
    totals: dict[str, int] = {}
    unsettled = list(ITEMS)
    for attempt in range(RECOUNTS):
        for table in unsettled:
            held = seen.read[table.name] | (set() if since.full else {int(ref) for ref in _held(since, table)})
            missing = {int(ref) for ref in seen.refs[table.name]} - held
            for found in by_ids(portal, table, seen.fields[table.name], missing):
                seen.read[table.name] |= ids(found)
                yield from _page(table, found)
        counts: dict[str, Call] = {
            t.name: ("crm.item.list", {"entityTypeId": t.path, "select": ["id"], "start": 0}) for t in unsettled
        }
        replies, _ = portal.batch(counts)
        totals |= {name: reply.total for name, reply in replies.items() if reply.total is not None}
        unsettled = [t for t in unsettled if totals.get(t.name, len(seen.refs[t.name])) != len(seen.refs[t.name])]
        if not unsettled or attempt == RECOUNTS - 1:
            break
        again: dict[str, set[str]] = {table.name: set() for table in unsettled}
        for listing, found in rounds(portal, [items(table, ["id"]) for table in unsettled]):
            again[listing.table.name] |= {str(one) for one in ids(found)}
        seen.refs |= again
    late = {name: {str(one) for one in read} - seen.refs[name] for name, read in seen.read.items()}
    return {name: total + len(late[name]) for name, total in totals.items()}


def _guard(table: Table, present: set[str], since: Since) -> None:
    """Refuse to tombstone what a lost right merely hides. One row may always go; --full says that a person has looked."""
    held = set(_held(since, table))
    gone = len(held - present)
    limit = VANISH_LIMIT if table in (*ITEMS, REQUISITE, BANK_DETAIL) else EMPTY_LIMIT
    if gone > max(1, limit * len(held)) and not since.full:
        raise SourceRefused(
            NAME,
            f"{gone} of {len(held)} rows of {table.name} have vanished at once",
            "Nothing was changed. See that the webhook's owner still has the right to read the whole CRM; "
            "if the rows were really deleted, run `analyst-sync run bitrix --full` once",
        )


def _held(since: Since, table: Table) -> list[str]:
    versions = since.versions.get(table.name)
    return [] if versions is None else versions[KEY].to_list()


def _dictionary(seen: Seen, table: Table, found: Sequence[Row], key: Key) -> Iterator[Page | Reject]:
    try:
        seen.refs[table.name] = {key(row) for row in found}
    except KeyError as missing:
        raise SourceChanged(NAME, table.name, str(missing.args[0]), "a row came without it") from None
    yield from _page(table, found, key)


def _page(table: Table, found: Sequence[Row], key: Key | None = None) -> Iterator[Page | Reject]:
    own = "id" if "id" in table.columns else "ID"
    version = EDITED if EDITED in table.columns else None
    typed, rejects = frame(table, found, key or (lambda row: str(integer(row[own]))), version)
    yield from rejects
    if typed.height:
        yield Page(table.name, typed)


def _bin(row: Row) -> str:
    return next((value for name in BIN_FIELDS if (value := str(row.get(name) or "").strip())), "")


def _iso(moment: datetime) -> str:
    """With its offset: a bare time would be read by the server's own zone."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")
