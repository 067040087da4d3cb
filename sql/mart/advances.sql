-- Money and credits not yet used on a date: advances got and paid, and returns and offsets without a debt to take them.
--
-- kind:      macro(as_of date)
-- grain:     doc_id, line_no
-- source:    credit_item, settlement
-- units:     _doc in the document currency, _kzt in tenge at the booked rate
-- label.ru:  Авансы и неразнесённые оплаты
-- label.kk:  Аванстар
-- label.en:  Advances and unapplied credits
-- synonyms:  авансы, предоплата, переплата, неразнесённые оплаты, аванс, advances, prepayments
--
-- side            ar: got from customers; ap: paid to suppliers
-- kind            advance for money, credit for returns, offsets and write-offs
-- org_id          own entity
-- cp_id           the other party
-- counterparty    its name [untrusted]
-- contract_id     agreement
-- doc_id          document that is not used up
-- doc_type        its type
-- number          its number in 1C
-- doc_date        its date
-- line_no         part of the document
-- currency        document currency
-- unused_doc      what is left of it
-- unused_kzt      the same in tenge
-- is_intercompany the other party is an own entity
with
used as (
    select credit_doc_id, credit_line, sum(s.amount_doc) as amount_doc
    from settlement s
    where s.eff_date <= as_of
    group by all
)
select
    c.side,
    case when c.doc_type in ('pay_in', 'pay_out', 'journal_advance') then 'advance' else 'credit' end as kind,
    c.org_id, c.cp_id, cp.name as counterparty, c.contract_id, c.doc_id, c.doc_type, doc.number, c.doc_date, c.line_no, c.currency,
    cast(c.amount_doc - coalesce(u.amount_doc, 0) as decimal(18, 2)) as unused_doc,
    coalesce(
        share_of(c.worth_kzt, c.amount_doc - coalesce(u.amount_doc, 0), c.amount_doc),
        in_kzt(c.amount_doc - coalesce(u.amount_doc, 0), c.rate, c.rate_mult)
    ) as unused_kzt,
    coalesce(cp.is_intercompany, false) as is_intercompany,
from credit_item c
join doc using (doc_id)
left join used u on u.credit_doc_id = c.doc_id and u.credit_line = c.line_no
left join cp on cp.cp_id = c.cp_id
where c.doc_date <= as_of and c.amount_doc > coalesce(u.amount_doc, 0)
