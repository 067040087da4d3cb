-- Money and credits not yet used on a date: advances got and paid, and returns and offsets without a debt to take them.
--
-- kind:      macro(as_of date)
-- grain:     doc_id, line_no
-- source:    unused_span
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
select
    s.side, s.kind, s.org_id, s.cp_id, cp.name as counterparty, s.contract_id, s.doc_id, s.doc_type, s.number, s.doc_date, s.line_no, s.currency,
    s.unused_doc, s.unused_kzt,
    coalesce(cp.is_intercompany, false) as is_intercompany,
from unused_span s
left join cp on cp.cp_id = s.cp_id
where s.unused_from <= as_of and (s.unused_to is null or s.unused_to >= as_of)
