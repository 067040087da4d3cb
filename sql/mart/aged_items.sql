-- Open items and unused credits of one side on a date, each with the columns of its ageing that it counts in. Own entities are left out.
--
-- kind:      macro(of_side varchar, as_of date)
-- grain:     kind, doc_id, place
-- source:    open_items, advances
-- units:     tenge as the ledger carries it; calendar days
-- listed:    no
-- label.ru:  Строки старения задолженности
-- label.kk:  Берешек мерзімдерінің жолдары
-- label.en:  Items behind an ageing
-- synonyms:  расшифровка старения, items behind ageing
--
-- kind         open, advance for money not used, or credit for a return or an offset not used
-- cp_id        the other party
-- counterparty its name [untrusted]
-- doc_id       document
-- doc_type     its type
-- number       its number in 1C
-- doc_date     its date
-- place        payment stage of what is open, part of the document of what is not used
-- open_kzt     not yet paid; empty for what is not used
-- open_kzt_now the same at the National Bank's rate of as_of; empty without a rate
-- unused_kzt   advance or credit not yet used; empty for what is open
-- days_late    of what is open: as_of minus due date
-- bucket       of what is open: not_due, 1-30, 31-60, 61-90 or 91+
-- is_listed    the party owes something: one whose advance alone is left is in no list
-- counts_in    columns of ageing (of_side ar) or ap_ageing (of_side ap) that it is part of
with
items as (
    select 'open' as kind, cp_id, counterparty, doc_id, doc_type, number, doc_date, stage as place, open_kzt, open_kzt_now, days_late, bucket
    from open_items(of_side, as_of)
    where not is_intercompany
    union all by name
    select kind, cp_id, counterparty, doc_id, doc_type, number, doc_date, line_no as place, unused_kzt
    from advances(as_of)
    where side = of_side and not is_intercompany
)
select
    kind, cp_id, counterparty, doc_id, doc_type, number, doc_date, place, open_kzt, open_kzt_now, unused_kzt, days_late, bucket,
    bool_or(kind = 'open') over (partition by cp_id) as is_listed,
    case kind
        when 'advance' then ['advances_kzt']
        when 'credit' then ['credits_kzt']
        else list_concat(
            ['open_kzt', case bucket
                when 'not_due' then 'not_due_kzt'
                when '1-30' then 'd1_30_kzt'
                when '31-60' then 'd31_60_kzt'
                when '61-90' then 'd61_90_kzt'
                else 'd91_plus_kzt'
            end],
            if(days_late > 0, ['overdue_kzt'], [])
        )
    end as counts_in,
from items
