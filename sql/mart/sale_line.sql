-- Every line of a sale or a return in tenge, returns negative: what sales_in(period_from, period_to) takes its rows from.
--
-- kind:      table
-- grain:     doc_id, line_no
-- source:    doc, doc_line
-- units:     _kzt in tenge at the booked rate; the lines of a document sum to it to the tiyn
-- label.ru:  Строки продаж и возвратов за всё время
-- label.kk:  Барлық уақыттағы сату мен қайтару жолдары
-- label.en:  Lines of sales and returns of all time
-- synonyms:  строки реализаций, сату жолдары, sale lines
--
-- doc_id          sale or return
-- type            sale or sale_return
-- org_id          own entity
-- cp_id           customer
-- counterparty    its name [untrusted]
-- contract_id     agreement
-- number          document number in 1C
-- doc_date        day it counts on: the sale's, the return's own
-- line_no         line of the document; 0 for what its lines do not explain
-- item_id         good or service; null when the line names none
-- qty             quantity, negative in a return
-- gross_kzt       with VAT; null when the currency has no rate
-- vat_kzt         VAT in it
-- net_kzt         without VAT
-- is_intercompany the customer is an own entity; company totals leave it out
with
documents as (
    select
        d.doc_id, d.type, d.org_id, d.cp_id, cp.name as counterparty, d.contract_id, d.number, d.doc_date, d.rate, d.rate_mult, d.sum_doc,
        case d.type when 'sale' then 1 else -1 end as sign,
        coalesce(cp.is_intercompany, false) as is_intercompany,
    from doc d
    left join cp using (cp_id)
    where d.type in ('sale', 'sale_return')
),

reached as (
    select l.doc_id, sum(l.sum_doc) as sum_doc from doc_line l where l.doc_id in (select doc_id from documents) group by l.doc_id
),

-- a document whose lines fall short still counts in full
unexplained as (
    select d.doc_id, 0 as line_no, null as item_id, null as qty, d.sum_doc - coalesce(r.sum_doc, 0) as sum_doc, 0 as vat_doc
    from documents d
    left join reached r using (doc_id)
    where d.sum_doc <> coalesce(r.sum_doc, 0)
),

lines as not materialized (
    select doc_id, line_no, item_id, qty, sum_doc, vat_doc from doc_line
    union all by name
    from unexplained
),

-- tenge need no rounding
abroad as (
    from documents where (rate = 1 and rate_mult = 1) is not true
),

running as (
    select *, sum(sum_doc) over upto as reach, sum(vat_doc) over upto as vat_reach
    from lines
    where doc_id in (select doc_id from abroad)
    window upto as (partition by doc_id order by line_no)
),

valued as (
    select
        r.doc_id, r.line_no, r.item_id, r.qty,
        in_kzt(r.reach, d.rate, d.rate_mult) - in_kzt(r.reach - r.sum_doc, d.rate, d.rate_mult) as gross_kzt,
        in_kzt(r.vat_reach, d.rate, d.rate_mult) - in_kzt(r.vat_reach - r.vat_doc, d.rate, d.rate_mult) as vat_kzt,
    from running r
    join abroad d using (doc_id)
    union all
    select l.doc_id, l.line_no, l.item_id, l.qty, l.sum_doc, l.vat_doc
    from lines l
    where l.doc_id not in (select doc_id from abroad)
)
select
    d.doc_id, d.type, d.org_id, d.cp_id, d.counterparty, d.contract_id, d.number, d.doc_date, v.line_no, v.item_id,
    cast(d.sign * v.qty as decimal(18, 3)) as qty,
    cast(d.sign * v.gross_kzt as decimal(18, 2)) as gross_kzt,
    cast(d.sign * v.vat_kzt as decimal(18, 2)) as vat_kzt,
    cast(d.sign * (v.gross_kzt - v.vat_kzt) as decimal(18, 2)) as net_kzt,
    d.is_intercompany,
from valued v
join documents d using (doc_id)
