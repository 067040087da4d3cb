-- The payments behind received_from and what was paid back.
--
-- grain:  part, doc_id
-- parts:  value, refunds_kzt, net_kzt, payments
-- units:  tenge at the rate of the payment; payments count 1 each
--
-- part         column of received_from that these amounts add up to
-- doc_id       short id
-- type         type of the document
-- number       its number in 1C
-- doc_date     its date
-- counterparty the other party [untrusted]
-- amount       amount of the payment; in net_kzt a refund is negative
with
money as (
    select doc_id, type, number, pay_date as doc_date, counterparty, amount_kzt as amount
    from pay
    where cp_id = $counterparty and pay_date between $period_from and $period_to and type in ('pay_in', 'refund_out')
)
select case type when 'pay_in' then 'value' else 'refunds_kzt' end as part, doc_id, type, number, doc_date, counterparty, amount from money
union all
select 'net_kzt', doc_id, type, number, doc_date, counterparty, case type when 'pay_in' then amount else -amount end from money
union all
select 'payments', doc_id, type, number, doc_date, counterparty, 1 from money where type = 'pay_in'
