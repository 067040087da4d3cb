-- What followed the customer invoices that deals may lead to, day by day: what deal_chain(as_of) adds up.
--
-- kind:      table
-- grain:     invoice_doc_id, step, doc_id, day
-- source:    deal_invoice, doc, settlement, pay_alloc
-- units:     tenge
-- listed:    no
-- label.ru:  Отгрузки и оплаты по счетам сделок
-- label.kk:  Мәміле шоттары бойынша жөнелтулер мен төлемдер
-- label.en:  Shipments and payments of invoices of deals
-- synonyms:  отгрузки и оплаты сделки, мәміле төлемдері, shipments of a deal
--
-- invoice_doc_id customer invoice
-- step           shipped; paid: a payment or offset settled the shipment; named: a payment names the invoice
-- doc_id         shipment, also of what was paid for it; payment that names the invoice
-- day            when it counts
-- amount_kzt     tenge of it at the rate of its document, of what was paid at the rate of the shipment; empty without a rate
with
sales as (
    select d.base_doc_id as invoice_doc_id, d.doc_id, d.doc_date, d.sum_kzt
    from doc d
    where d.type = 'sale' and d.base_doc_id in (select invoice_doc_id from deal_invoice)
)
select invoice_doc_id, 'shipped' as step, doc_id, doc_date as day, sum_kzt as amount_kzt
from sales
union all
select s.invoice_doc_id, 'paid', s.doc_id, t.eff_date, cast(sum(in_kzt(t.amount_doc, i.rate, i.rate_mult)) as decimal(18, 2))
from sales s
join settlement t on t.debit_doc_id = s.doc_id
join debit_item i on i.doc_id = t.debit_doc_id and i.stage = t.stage
where t.method in ('explicit', 'contract_fifo', 'offset')
group by s.invoice_doc_id, s.doc_id, t.eff_date
union all
select a.invoice_doc_id, 'named', a.doc_id, p.doc_date, cast(sum(a.amount_kzt) as decimal(18, 2))
from pay_alloc a
join doc p using (doc_id)
where a.invoice_doc_id in (select invoice_doc_id from deal_invoice)
group by a.invoice_doc_id, a.doc_id, p.doc_date
