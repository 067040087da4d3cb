"""What became of documents since the last snapshot: kept in meta.doc_change, shown by the relation changes_since.

The master begins as a copy of the last one, so before it is built anew its documents are those of the last snapshot.
Whatever breaks on the way, these rows stand or fall with the snapshot that they belong to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import duckdb
import structlog

from sync.mirror import listed, stored

OPEN_DAYS = 92  # a change in the month under way is kept for a quarter
CLOSED_DAYS = 5 * 366  # one in a month that was over is kept for the five years in which taxes may be looked into
DOC = (
    "doc_id", "cp_id", "contract_id", "doc_date", "currency", "rate", "rate_mult", "sum_doc", "sum_kzt", "status",
)  # fmt: skip
KEY = ("doc_id", "src_base")
CARD = ("src_base", "src_ref", "cp_id")

log = structlog.get_logger()

# A card that was found to be another party takes its documents with it: they were not moved.
MOVED = """
o.cp_id is distinct from n.cp_id and not exists (
    from temp.card_before as b join main.cp_key as c on c.src_base = b.src_base and c.src_ref = b.src_ref
    where b.cp_id = o.cp_id and c.cp_id = n.cp_id
)"""

# A document that counted neither before nor now changes no answer. The sums of difference_kzt are what the totals moved by:
# of several changes of one document the first carries it, and a move to another day, party or contract carries none.
COMPARE = f"""
insert into meta.doc_change
with
pairs as (
    select
        coalesce(n.doc_id, o.doc_id) as doc_id, o.doc_id is null as is_new, n.doc_id is null as is_gone,
        struct_pack({", ".join(f"{c} := o.{c}" for c in DOC)}) as o,
        struct_pack({", ".join(f"{c} := n.{c}" for c in DOC)}) as n,
        if(n.status = 'counts', coalesce(n.sum_kzt, 0), 0) - if(o.status = 'counts', coalesce(o.sum_kzt, 0), 0) as moved_kzt,
        coalesce(least(o.doc_date, n.doc_date) < date_trunc('month', $seen_on), false) as in_closed_period,
    from temp.doc_before as o
    full join (from main.doc_full join main.doc_key as k using (doc_id) select doc_full.*, k.src_base) as n using (doc_id)
    where (o.status = 'counts' or n.status = 'counts')
        and (o.doc_id is not null or n.src_base in (select src_base from temp.doc_before))
),
changes as (
    select p.*, 1 as rank, 'appeared' as what, null as old, n.sum_doc || ' ' || n.currency as new from pairs as p where is_new
    union all by name
    select p.*, 1 as rank, 'vanished' as what, o.sum_doc || ' ' || o.currency as old from pairs as p
    where is_gone or (not is_new and n.status = 'vanished')
    union all by name
    select p.*, 1 as rank, 'state' as what, o.status as old, n.status as new from pairs as p
    where not is_new and not is_gone and o.status <> n.status and n.status <> 'vanished'
    union all by name
    select p.*, 2 as rank, 'amount' as what, o.sum_doc || ' ' || o.currency as old, n.sum_doc || ' ' || n.currency as new
    from pairs as p
    where not is_new and not is_gone and (o.sum_doc is distinct from n.sum_doc or o.currency is distinct from n.currency)
    union all by name
    select p.*, 3 as rank, 'rate' as what, o.rate || ' for ' || o.rate_mult as old, n.rate || ' for ' || n.rate_mult as new
    from pairs as p
    where not is_new and not is_gone and o.currency = n.currency
        and (o.rate is distinct from n.rate or o.rate_mult is distinct from n.rate_mult)
    union all by name
    select p.*, 4 as rank, 'date' as what, o.doc_date::varchar as old, n.doc_date::varchar as new from pairs as p
    where not is_new and not is_gone and o.doc_date is distinct from n.doc_date
    union all by name
    select p.*, 5 as rank, 'party' as what, b.name as old, c.name as new from pairs as p
    left join temp.party_before as b on b.cp_id = o.cp_id
    left join main.cp as c on c.cp_id = n.cp_id
    where not is_new and not is_gone and {MOVED}
    union all by name
    select p.*, 6 as rank, 'contract' as what, b.number as old, c.number as new from pairs as p
    left join main.contract as b on b.contract_id = o.contract_id
    left join main.contract as c on c.contract_id = n.contract_id
    where not is_new and not is_gone and o.contract_id is distinct from n.contract_id
)
select
    $seen_at, $seen_on, doc_id, what, old, new,
    if(row_number() over (partition by doc_id order by rank) = 1, moved_kzt, 0),
    in_closed_period
from changes
"""


@dataclass(frozen=True, slots=True)
class Changed:
    """How many documents a snapshot shows otherwise than the one before; of those of months that were over also what they moved, in tenge."""

    documents: int = 0
    closed: int = 0
    closed_kzt: Decimal = Decimal(0)


def remember(con: duckdb.DuckDBPyConnection) -> None:
    """Keep the documents of the last snapshot aside, before the models are built anew over them; none when there are none."""
    for name in ("doc_before", "card_before", "party_before"):
        con.execute(f"drop table if exists temp.{name}")
    if _holds(con, "doc_full", DOC) and _holds(con, "doc_key", KEY) and _holds(con, "cp_key", CARD):
        con.execute(
            f"""create temp table doc_before as
            select {listed(DOC, "d.")}, k.src_base from main.doc_full as d join main.doc_key as k using (doc_id)"""
        )
        con.execute(f"create temp table card_before as select {listed(CARD)} from main.cp_key")
        con.execute("create temp table party_before as select cp_id, name from main.cp")


def note(con: duckdb.DuckDBPyConnection, now: datetime, zone: ZoneInfo) -> Changed:
    """Write down what differs from the documents that were kept aside, and forget what is old. now: aware, the snapshot's moment."""
    known = con.execute("select count(*) from duckdb_tables() where table_name = 'doc_before' and temporary").fetchone()
    if not (known and known[0] and _holds(con, "doc_full", DOC)):
        return Changed()
    seen = {"seen_at": stored(now), "seen_on": now.astimezone(zone).date()}
    con.execute(COMPARE, seen)
    con.execute(
        "delete from meta.doc_change where seen_on < $seen_on - if(in_closed_period, $closed, $open)",
        {"seen_on": seen["seen_on"], "closed": CLOSED_DAYS, "open": OPEN_DAYS},
    )
    row = con.execute(
        """select count(distinct doc_id), count(distinct doc_id) filter (in_closed_period),
            cast(coalesce(sum(difference_kzt) filter (in_closed_period), 0) as decimal(18, 2))
        from meta.doc_change where seen_at = $seen_at""",
        {"seen_at": seen["seen_at"]},
    ).fetchone()
    changed = Changed(*row) if row else Changed()
    log.info("changes.noted", documents=changed.documents, closed=changed.closed)
    return changed


def _holds(con: duckdb.DuckDBPyConnection, table: str, columns: tuple[str, ...]) -> bool:
    """Whether the master has the table with these columns: one that an older program built may not."""
    found = con.execute(
        "select column_name from duckdb_columns() where schema_name = 'main' and table_name = ? and database_name = current_database()",
        [table],
    ).fetchall()
    return set(columns) <= {str(name) for (name,) in found}
