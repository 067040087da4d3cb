-- Open items and the ledger beside each other, from which day until which, one row for each stretch without a change.
--
-- What a date asks for is here found, not reckoned: control_gl are the stretches that hold it.
--
-- kind:      table
-- grain:     side, org_id, cp_id, contract_id, currency, span_from
-- source:    debit_item, credit_item, open_span, unused_span, gl, debt_account
-- units:     money in the currency of the row, _kzt in tenge; days are inclusive
-- listed:    no
-- label.ru:  Как менялась сверка со счетами
-- label.kk:  Шоттармен салыстыру қалай өзгерді
-- label.en:  How items and ledger changed
-- synonyms:  история сверки, с какого дня расходится, салыстыру тарихы, since when it differs
--
-- side        ar: receivables less advances and credits against 1210, 3510 and their like (see debt_account); ap: payables less advances
--     against 3310, 1710 and theirs
-- org_id      own entity
-- cp_id       the other party
-- contract_id agreement
-- currency    currency of the items and entries
-- items       open items less unused credits
-- ledger      balance of the accounts
-- items_kzt   items in tenge, as carried
-- ledger_kzt  balance in tenge
-- span_from   first day of the stretch
-- span_to     its last day; empty while nothing has changed since
with
entries as (
    select
        a.side, g.org_id, g.cp_id, g.contract_id, coalesce(g.currency, 'KZT') as currency, g.dt as day,
        case when (g.line_side = 'dr') = (a.side = 'ar') then 1 else -1 end as sign,
        coalesce(g.amount_doc, g.amount_kzt) as amount_doc, g.amount_kzt,
    from gl g
    join debt_account a on a.account = g.account[1:4]
),

changes as (
    select side, org_id, cp_id, contract_id, currency, doc_date as day, amount_doc as items, 0 as ledger, 0 as items_kzt, 0 as ledger_kzt
    from debit_item
    union all
    select side, org_id, cp_id, contract_id, currency, doc_date, -amount_doc, 0, 0, 0
    from credit_item
    union all
    select side, org_id, cp_id, contract_id, currency, open_from, 0, 0, open_kzt, 0
    from open_span
    union all
    select side, org_id, cp_id, contract_id, currency, open_to + 1, 0, 0, -open_kzt, 0
    from open_span
    where open_to is not null
    union all
    select side, org_id, cp_id, contract_id, currency, unused_from, 0, 0, -unused_kzt, 0
    from unused_span
    union all
    select side, org_id, cp_id, contract_id, currency, unused_to + 1, 0, 0, unused_kzt, 0
    from unused_span
    where unused_to is not null
    union all
    select side, org_id, cp_id, contract_id, currency, day, 0, sign * amount_doc, 0, sign * amount_kzt
    from entries
),

daily as (
    select
        side, org_id, cp_id, contract_id, currency, day,
        sum(items) as items, sum(ledger) as ledger, sum(items_kzt) as items_kzt, sum(ledger_kzt) as ledger_kzt,
    from changes
    group by all
)
select
    side, org_id, cp_id, contract_id, currency,
    cast(sum(items) over line as decimal(18, 2)) as items,
    cast(sum(ledger) over line as decimal(18, 2)) as ledger,
    cast(sum(items_kzt) over line as decimal(18, 2)) as items_kzt,
    cast(sum(ledger_kzt) over line as decimal(18, 2)) as ledger_kzt,
    day as span_from,
    lead(day) over line - 1 as span_to,
from daily
window line as (partition by side, org_id, cp_id, contract_id, currency order by day)
