-- What is at stake under the contracts that limits_broken lists: unpaid documents less unused payments and credits.
--
-- grain:  part, doc_id, stage
-- parts:  exposure_kzt, overdue_kzt
-- units:  tenge as the ledger carries it
--
-- part         column of limits_broken that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is not yet paid; what is not yet used is negative
with
broken as (
    select e.org_id, e.cp_id, e.contract_id
    from exposure($as_of) e
    left join account_manager($as_of) m on m.cp_id = e.cp_id
    where not e.is_intercompany and e.limit_kzt > 0 and e.exposure_kzt > e.limit_kzt
        and ($manager is null or coalesce(list_bool_and(list_transform(
            string_split(lower(trim($manager)), ' '), lambda word: contains(lower(m.manager), word)
        )), false))
),

owed as (
    select o.doc_id, o.doc_type as type, o.number, o.doc_date, o.counterparty, o.open_kzt as amount, o.days_late
    from ar_open($as_of) o
    join broken b on b.org_id = o.org_id and b.cp_id = o.cp_id and b.contract_id = o.contract_id
)
select 'exposure_kzt' as part, doc_id, type, number, doc_date, counterparty, amount from owed
union all
select 'exposure_kzt', a.doc_id, a.doc_type, a.number, a.doc_date, a.counterparty, -a.unused_kzt
from advances($as_of) a
join broken b on b.org_id = a.org_id and b.cp_id = a.cp_id and b.contract_id = a.contract_id
where a.side = 'ar'
union all
select 'overdue_kzt', doc_id, type, number, doc_date, counterparty, amount from owed where days_late > 0
