-- The unpaid sales and purchases that cash_by_week expects money for inside its horizon, a row for each payment stage.
--
-- grain:  part, doc_id, stage
-- parts:  net_kzt, in_kzt, out_kzt
-- units:  tenge as the ledger carries it
--
-- part         column of cash_by_week that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       what is not yet paid; in net_kzt a purchase is negative
with
moved as (
    select e.doc_id, d.type, e.number, d.doc_date, e.counterparty, e.open_kzt as amount, true as is_in,
        case $scenario when 'late' then e.late_on else e.expected_on end as day,
    from cash_in($as_of) e
    join doc d on d.doc_id = e.doc_id
    where not e.is_doubtful
    union all
    select doc_id, doc_type, number, doc_date, counterparty, open_kzt, false, greatest(due_date, cast($as_of as date) + 1)
    from ap_open($as_of)
    where not is_intercompany
),

inside as (
    select * from moved where day <= cast($as_of as date) + cast(least(greatest($horizon, 1), 366) as integer)
)
select 'net_kzt' as part, doc_id, type, number, doc_date, counterparty, cast(if(is_in, amount, -amount) as decimal(18, 2)) as amount from inside
union all
select if(is_in, 'in_kzt', 'out_kzt'), doc_id, type, number, doc_date, counterparty, amount from inside
