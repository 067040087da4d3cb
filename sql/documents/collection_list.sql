-- The overdue documents behind collection_list, a row for each payment stage.
--
-- grain:  part, doc_id, stage
-- parts:  overdue_kzt, documents
-- units:  tenge as the ledger carries it; documents count 1 each
--
-- part         column of collection_list that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is not yet paid
with
late as (
    select e.doc_id, d.type, e.number, d.doc_date, e.counterparty, e.open_kzt as amount
    from cash_in($as_of) e
    join doc d on d.doc_id = e.doc_id
    left join account_manager($as_of) m on m.cp_id = e.cp_id
    where e.days_late > 0
        and case $bucket
            when '1-30' then e.days_late <= 30
            when '31-60' then e.days_late between 31 and 60
            when '61-90' then e.days_late between 61 and 90
            when '91+' then e.days_late > 90
            else true
        end
        and ($manager is null or coalesce(list_bool_and(list_transform(
            string_split(lower(trim($manager)), ' '), lambda word: contains(lower(m.manager), word)
        )), false))
)
select 'overdue_kzt' as part, doc_id, type, number, doc_date, counterparty, amount from late
union all
select distinct 'documents', doc_id, type, number, doc_date, counterparty, 1 from late
