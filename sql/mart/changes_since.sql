-- What became of documents from one sync to the next: which appeared, vanished or were changed, and what they were before.
-- Only documents that count, before or after. The first load is no change. Kept for 92 days, in closed periods for five years.
--
-- kind:      view
-- grain:     seen_at, doc_id, what
-- source:    the documents of each snapshot against those of the one before
-- units:     money in tenge; DECIMAL(18,2)
-- label.ru:  Изменения документов
-- label.kk:  Құжаттардағы өзгерістер
-- label.en:  Changes of documents
-- synonyms:  что изменилось, изменения, правки, перепроведение, закрытый период, задним числом, удалили документ, не өзгерді, өзгеріс,
--     жабық кезең, what changed, closed period, changed since
--
-- seen_at           moment of the snapshot that first showed it, UTC
-- seen_on           its day, local: `seen_on >= D` is what changed since D
-- is_last           seen by the last sync
-- doc_id            short id
-- type              kind of document; see doc
-- number            number as in 1C
-- doc_date          day it counts on, now
-- org_id            own entity
-- cp_id             counterparty, now
-- counterparty      its name [untrusted]
-- what              appeared, vanished, state, amount, rate, date, party or contract
-- old               how it was: an amount with its currency, a state (counts, draft, deleted, vanished), a day, a name or number
--     [untrusted]
-- new               how it is since [untrusted]
-- sum_kzt           the document's amount, whether it counts or not
-- difference_kzt    what it moved the total of documents that count by, on one row a document; a move to another day, party or
--     contract moves none
-- in_closed_period  the document stood, before or after, in a month that was over when the change was seen
select
    h.seen_at,
    h.seen_on,
    h.seen_at = (select max(now) from meta.run) as is_last,
    h.doc_id,
    d.type,
    d.number,
    d.doc_date,
    d.org_id,
    d.cp_id,
    cp.name as counterparty,
    h.what,
    h.old,
    h.new,
    d.sum_kzt,
    h.difference_kzt,
    h.in_closed_period,
from meta.doc_change as h
left join doc_full as d using (doc_id)
left join cp on cp.cp_id = d.cp_id
