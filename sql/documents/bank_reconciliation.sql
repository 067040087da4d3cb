-- The statement lines and the payments of 1C behind bank_reconciliation: a row for each pair, and one for each alone.
--
-- grain:  part, doc_id
-- parts:  difference_doc, only_bank_doc, only_book_doc, matched_doc, bank_doc, book_doc, matched, only_bank, only_book
-- units:  currency of the account; counts are 1 each
--
-- part         column of bank_reconciliation that these amounts add up to
-- doc_id       payment in 1C, else line of the statement
-- type         type of the payment, or bank_line
-- number       number of the payment, else of the paper that the bank names
-- doc_date     day of the line, else of the payment
-- counterparty the other party; as the bank spells it where 1C does not know it [untrusted]
-- amount       amount of the line, or of the payment where there is no line; in difference_doc negative for a payment
with
held as (
    select
        r.status, coalesce(r.doc_id, r.bank_line_id) as doc_id, coalesce(d.type, 'bank_line') as type,
        coalesce(d.number, l.doc_number) as number, coalesce(r.value_date, r.doc_date) as doc_date, coalesce(cp.name, l.cp_name) as counterparty,
        r.amount,
    from bank_rec r
    left join doc d on d.doc_id = r.doc_id
    left join bank_line l on l.bank_line_id = r.bank_line_id
    left join cp on cp.cp_id = r.cp_id
    where coalesce(r.value_date, r.doc_date) between $period_from and $period_to
)
select case status when 'matched' then 'matched_doc' when 'unmatched_bank' then 'only_bank_doc' else 'only_book_doc' end as part, doc_id, type, number, doc_date, counterparty, amount
from held
union all
select 'bank_doc', doc_id, type, number, doc_date, counterparty, amount from held where status <> 'unmatched_book'
union all
select 'book_doc', doc_id, type, number, doc_date, counterparty, amount from held where status <> 'unmatched_bank'
union all
select 'difference_doc', doc_id, type, number, doc_date, counterparty, case status when 'unmatched_bank' then amount else -amount end
from held
where status <> 'matched'
union all
select
    case status when 'matched' then 'matched' when 'unmatched_bank' then 'only_bank' else 'only_book' end,
    doc_id, type, number, doc_date, counterparty, 1,
from held
