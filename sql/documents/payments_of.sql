-- The payments that payments_of lists, and what each settled.
--
-- grain:  part, doc_id
-- parts:  amount_kzt, amount_doc, settled_doc
-- units:  amount_kzt in tenge, amount_doc in the currency of the payment, settled_doc in that of what it settled
--
-- part         column of payments_of that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       amount of the payment; in settled_doc what the document on the other side took of it
with
newest as (
    select *
    from pay
    where cp_id = $counterparty and pay_date <= $as_of
    qualify row_number() over (order by pay_date desc, doc_id desc) <= $most
),

settled as (
    select s.debit_doc_id as doc_id, s.amount_doc from settlement s where s.credit_doc_id in (select doc_id from newest) and s.eff_date <= $as_of
    union all
    select s.credit_doc_id, s.amount_doc from settlement s where s.debit_doc_id in (select doc_id from newest) and s.eff_date <= $as_of
)
select 'amount_kzt' as part, doc_id, type, number, pay_date as doc_date, counterparty, amount_kzt as amount from newest
union all
select 'amount_doc', doc_id, type, number, pay_date, counterparty, amount_doc from newest
union all
select 'settled_doc', d.doc_id, d.type, d.number, d.doc_date, cp.name, s.amount_doc
from settled s
join doc d on d.doc_id = s.doc_id
left join cp on cp.cp_id = d.cp_id
