-- What one side owes by party and how late it is, on a date: the body of ageing and ap_ageing. Own entities are left out; what is unused stands beside, not netted.
--
-- kind:      macro(of_side varchar, as_of date)
-- grain:     cp_id
-- source:    open_items, advances
-- units:     tenge as the ledger carries it
-- listed:    no
-- label.ru:  Старение задолженности одной стороны
-- label.kk:  Бір жақтың берешек мерзімдері
-- label.en:  Ageing of one side
-- synonyms:  старение одной стороны, ageing of one side
--
-- cp_id           who owes (of_side ar), or whom we owe (ap)
-- counterparty    its name [untrusted]
-- open_kzt        all that is owed
-- open_kzt_now    the same at the National Bank's rates of as_of; empty when a rate is missing
-- overdue_kzt     of it, past its due date
-- not_due_kzt     not yet due, or due on the day itself
-- d1_30_kzt       1 to 30 days late
-- d31_60_kzt      31 to 60 days late
-- d61_90_kzt      61 to 90 days late
-- d91_plus_kzt    91 days late and more
-- max_days_late   days late of the oldest item, zero or less when nothing is late
-- items           number of unpaid documents and stages
-- advances_kzt    advances not used
-- credits_kzt     returns and offsets not used
with
debts as (
    select
        o.cp_id,
        sum(o.open_kzt) as open_kzt,
        if(count(*) = count(o.open_kzt_now), sum(o.open_kzt_now), null) as open_kzt_now,
        sum(o.open_kzt) filter (where o.days_late > 0) as overdue_kzt,
        sum(o.open_kzt) filter (where o.bucket = 'not_due') as not_due_kzt,
        sum(o.open_kzt) filter (where o.bucket = '1-30') as d1_30_kzt,
        sum(o.open_kzt) filter (where o.bucket = '31-60') as d31_60_kzt,
        sum(o.open_kzt) filter (where o.bucket = '61-90') as d61_90_kzt,
        sum(o.open_kzt) filter (where o.bucket = '91+') as d91_plus_kzt,
        max(o.days_late) as max_days_late,
        count(*) as items,
    from open_items(of_side, as_of) o
    where not o.is_intercompany
    group by o.cp_id
),

unused as (
    select
        a.cp_id,
        sum(a.unused_kzt) filter (where a.kind = 'advance') as advances_kzt,
        sum(a.unused_kzt) filter (where a.kind = 'credit') as credits_kzt,
    from advances(as_of) a
    where a.side = of_side and not a.is_intercompany
    group by a.cp_id
)
select
    coalesce(d.cp_id, u.cp_id) as cp_id,
    cp.name as counterparty,
    cast(coalesce(d.open_kzt, 0) as decimal(18, 2)) as open_kzt,
    cast(if(d.cp_id is null, 0, d.open_kzt_now) as decimal(18, 2)) as open_kzt_now,
    cast(coalesce(d.overdue_kzt, 0) as decimal(18, 2)) as overdue_kzt,
    cast(coalesce(d.not_due_kzt, 0) as decimal(18, 2)) as not_due_kzt,
    cast(coalesce(d.d1_30_kzt, 0) as decimal(18, 2)) as d1_30_kzt,
    cast(coalesce(d.d31_60_kzt, 0) as decimal(18, 2)) as d31_60_kzt,
    cast(coalesce(d.d61_90_kzt, 0) as decimal(18, 2)) as d61_90_kzt,
    cast(coalesce(d.d91_plus_kzt, 0) as decimal(18, 2)) as d91_plus_kzt,
    d.max_days_late,
    coalesce(d.items, 0) as items,
    cast(coalesce(u.advances_kzt, 0) as decimal(18, 2)) as advances_kzt,
    cast(coalesce(u.credits_kzt, 0) as decimal(18, 2)) as credits_kzt,
from debts d
full join unused u on u.cp_id = d.cp_id
left join cp on cp.cp_id = coalesce(d.cp_id, u.cp_id)
