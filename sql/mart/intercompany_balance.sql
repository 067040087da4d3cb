-- What each own entity has outstanding with each other one on a date, by its own books and by the books of the other. Both must agree.
--
-- kind:      macro(as_of date)
-- grain:     org_id, other_org_id, currency
-- source:    ar_open, ap_open, advances, cp, org
-- units:     currency of the row
-- label.ru:  Внутригрупповые расчёты
-- label.kk:  Топішілік есеп айырысу
-- label.en:  Intercompany balances
-- synonyms:  внутригрупповые долги, расчёты между своими, топішілік қарыз, intercompany
--
-- org_id          entity that sold
-- org             its name
-- other_org_id    entity that bought
-- other_org       its name
-- currency        currency
-- receivable_doc  what is owed to the first by its books
-- received_doc    advances and credits of the second that it has not used
-- payable_doc     what the second owes by its books
-- paid_doc        advances and credits to the first that it has not used
-- difference_doc  net of the first's books less net of the second's; zero when the books agree
with
pairs as (
    select cp.cp_id, o.org_id from cp join org o on o.bin = cp.bin_iin where cp.is_intercompany
),

parts as (
    select a.org_id, p.org_id as other_org_id, a.currency, a.open_doc as receivable, 0 as received, 0 as payable, 0 as paid
    from ar_open(as_of) a
    join pairs p using (cp_id)
    union all
    select a.org_id, p.org_id, a.currency, 0, a.unused_doc, 0, 0
    from advances(as_of) a
    join pairs p using (cp_id)
    where a.side = 'ar'
    union all
    select p.org_id, a.org_id, a.currency, 0, 0, a.open_doc, 0
    from ap_open(as_of) a
    join pairs p using (cp_id)
    union all
    select p.org_id, a.org_id, a.currency, 0, 0, 0, a.unused_doc
    from advances(as_of) a
    join pairs p using (cp_id)
    where a.side = 'ap'
),

sums as (
    select
        t.org_id, t.other_org_id, t.currency, sum(t.receivable) as receivable, sum(t.received) as received, sum(t.payable) as payable,
        sum(t.paid) as paid,
    from parts t
    group by all
)
select
    s.org_id, a.name as org, s.other_org_id, b.name as other_org, s.currency,
    cast(s.receivable as decimal(18, 2)) as receivable_doc,
    cast(s.received as decimal(18, 2)) as received_doc,
    cast(s.payable as decimal(18, 2)) as payable_doc,
    cast(s.paid as decimal(18, 2)) as paid_doc,
    cast(s.receivable - s.received - s.payable + s.paid as decimal(18, 2)) as difference_doc,
from sums s
join org a on a.org_id = s.org_id
join org b on b.org_id = s.other_org_id
