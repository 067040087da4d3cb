-- Documents that came into 1C more than three days after their own date: they change answers about days gone by.
-- Those of the first load are never among them. `where doc_date <= D` is what has changed the answers about D.
--
-- kind:      table
-- grain:     doc_id
-- source:    doc
-- units:     sum_kzt in tenge; DECIMAL(18,2)
-- label.ru:  Документы задним числом
-- label.kk:  Кейінгі күнмен енгізілген құжаттар
-- label.en:  Back-dated documents
-- synonyms:  задним числом, поздний ввод, кейін енгізілген, back-dated, backdated
--
-- doc_id        short id
-- type          kind of document; see doc
-- number        its number in 1C
-- doc_date      day it counts on
-- first_seen    day on which the mirror first saw it, local
-- late_days     days between the two, more than three
-- org_id        own entity
-- cp_id         the other party
-- counterparty  its name [untrusted]
-- sum_kzt       its amount
with
seen as (
    select
        d.*,
        cast(timezone(run.timezone, timezone('UTC', d.first_synced_at)) as date) as first_seen,
    from doc as d
    cross join meta.run as run
    where d.is_late_entry
)
select
    s.doc_id,
    s.type,
    s.number,
    s.doc_date,
    s.first_seen,
    date_diff('day', s.doc_date, s.first_seen) as late_days,
    s.org_id,
    s.cp_id,
    cp.name as counterparty,
    s.sum_kzt,
from seen as s
left join cp using (cp_id)
