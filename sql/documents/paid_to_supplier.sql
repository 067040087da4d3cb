-- The payments behind paid_to_supplier, what came back, and the offsets beside them.
--
-- grain:  part, doc_id
-- parts:  value, refunds_kzt, net_kzt, payments, bank_kzt, cash_kzt, offsets_kzt
-- units:  tenge at the rate of the payment; payments count 1 each
--
-- part         column of paid_to_supplier that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       amount of the payment; in net_kzt a refund is negative; of an offset the debt it took
with
money as (
    select doc_id, type, number, pay_date as doc_date, counterparty, amount_kzt as amount, channel
    from pay
    where cp_id = $counterparty and pay_date between $period_from and $period_to and type in ('pay_out', 'refund_in')
)
select case type when 'pay_out' then 'value' else 'refunds_kzt' end as part, doc_id, type, number, doc_date, counterparty, amount from money
union all
select 'net_kzt', doc_id, type, number, doc_date, counterparty, case type when 'pay_out' then amount else -amount end from money
union all
select 'payments', doc_id, type, number, doc_date, counterparty, 1 from money where type = 'pay_out'
union all
select case channel when 'bank' then 'bank_kzt' else 'cash_kzt' end, doc_id, type, number, doc_date, counterparty, amount from money where type = 'pay_out'
union all
select 'offsets_kzt', d.doc_id, d.type, d.number, d.doc_date, cp.name, s.amount_kzt
from credit_item c
join settlement s on s.credit_doc_id = c.doc_id and s.credit_line = c.line_no
join doc d on d.doc_id = c.doc_id
left join cp on cp.cp_id = c.cp_id
where c.side = 'ap' and c.doc_type = 'offset' and c.cp_id = $counterparty and c.doc_date between $period_from and $period_to
