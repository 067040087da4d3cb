-- What one side owes by party and how late it is, on a date: the body of ageing and ap_ageing. Own entities are left out; what is unused stands beside, not netted.
--
-- kind:      macro(of_side varchar, as_of date)
-- grain:     cp_id
-- source:    aged_items
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
sums as (
    select
        i.cp_id,
        sum(i.open_kzt) as open_kzt,
        case when count(i.open_kzt) = count(i.open_kzt_now) then coalesce(sum(i.open_kzt_now), 0) end as open_kzt_now,
        sum(i.open_kzt) filter (where i.days_late > 0) as overdue_kzt,
        sum(i.open_kzt) filter (where i.bucket = 'not_due') as not_due_kzt,
        sum(i.open_kzt) filter (where i.bucket = '1-30') as d1_30_kzt,
        sum(i.open_kzt) filter (where i.bucket = '31-60') as d31_60_kzt,
        sum(i.open_kzt) filter (where i.bucket = '61-90') as d61_90_kzt,
        sum(i.open_kzt) filter (where i.bucket = '91+') as d91_plus_kzt,
        max(i.days_late) as max_days_late,
        count(i.open_kzt) as items,
        sum(i.unused_kzt) filter (where i.kind = 'advance') as advances_kzt,
        sum(i.unused_kzt) filter (where i.kind = 'credit') as credits_kzt,
    from aged_items(of_side, as_of) i
    group by i.cp_id
)
select
    s.cp_id, cp.name as counterparty,
    cast(coalesce(s.open_kzt, 0) as decimal(18, 2)) as open_kzt,
    cast(s.open_kzt_now as decimal(18, 2)) as open_kzt_now,
    cast(coalesce(s.overdue_kzt, 0) as decimal(18, 2)) as overdue_kzt,
    cast(coalesce(s.not_due_kzt, 0) as decimal(18, 2)) as not_due_kzt,
    cast(coalesce(s.d1_30_kzt, 0) as decimal(18, 2)) as d1_30_kzt,
    cast(coalesce(s.d31_60_kzt, 0) as decimal(18, 2)) as d31_60_kzt,
    cast(coalesce(s.d61_90_kzt, 0) as decimal(18, 2)) as d61_90_kzt,
    cast(coalesce(s.d91_plus_kzt, 0) as decimal(18, 2)) as d91_plus_kzt,
    s.max_days_late, s.items,
    cast(coalesce(s.advances_kzt, 0) as decimal(18, 2)) as advances_kzt,
    cast(coalesce(s.credits_kzt, 0) as decimal(18, 2)) as credits_kzt,
from sums s
left join cp on cp.cp_id = s.cp_id
