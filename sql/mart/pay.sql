-- Money that came from and went to other parties, through bank and cash desk; own transfers, fees and offsets are not here.
--
-- kind:      view
-- grain:     doc_id
-- source:    doc
-- units:     _doc in the currency of the payment, _kzt in tenge at the rate of the payment
-- label.ru:  Оплаты
-- label.kk:  Төлемдер
-- label.en:  Payments
-- synonyms:  платежи, оплатили, перечислили, поступления, төлем, payments
--
-- doc_id          payment document
-- type            pay_in, pay_out, refund_in (from a supplier) or refund_out (to a customer)
-- direction       in or out
-- channel         bank or cash
-- org_id          own entity
-- cp_id           the other party
-- counterparty    its name [untrusted]
-- number          document number in 1C
-- pay_date        day of the movement
-- currency        currency of the payment
-- amount_doc      amount in it
-- amount_kzt      the same in tenge
-- bank_account_id own account, empty for cash
-- knp             payment purpose code
-- purpose         words of the payer [untrusted]
select
    d.doc_id, d.type,
    case when d.type in ('pay_in', 'refund_in') then 'in' else 'out' end as direction,
    case when d.doc_set in ('cash_in', 'cash_out') then 'cash' else 'bank' end as channel,
    d.org_id, d.cp_id, cp.name as counterparty, d.number, d.doc_date as pay_date, d.currency,
    d.sum_doc as amount_doc, d.sum_kzt as amount_kzt, d.bank_account_id, d.knp, d.purpose,
from doc d
left join cp using (cp_id)
where d.type in ('pay_in', 'pay_out', 'refund_in', 'refund_out')
