-- When the money for what customers owe may come, one row per open item, by how late each has paid over the last twelve months.
--
-- kind:      macro(as_of date)
-- grain:     doc_id, stage
-- source:    ar_open, paid_items
-- units:     tenge as the ledger carries it; calendar days
-- label.ru:  Ожидаемые поступления по документам
-- label.kk:  Құжаттар бойынша күтілетін түсімдер
-- label.en:  Expected receipts by document
-- synonyms:  когда заплатят, ожидаемые поступления, прогноз оплат, күтілетін түсім, expected receipts, cash forecast
--
-- cp_id         who owes
-- counterparty  its name [untrusted]
-- doc_id        unpaid document
-- number        its number in 1C
-- stage         payment stage
-- due_date      when it is to be paid
-- open_kzt      what is not yet paid
-- days_late     as_of minus due_date
-- habit_days    median days late, half a day rounded up
-- habit_source  counterparty with five payments or more, all when it has fewer, none when nobody has paid
-- expected_on   due date and habit, tomorrow at the earliest
-- is_doubtful   91 days late or more: not expected, told apart
-- late_days     days late that nine payments of ten did not exceed, of the same payments as habit_days
-- late_on       due date and late_days, tomorrow at the earliest: when the money comes if customers pay late
with
paid as (
    from paid_items(cast(cast(as_of as date) - interval 12 months as date) + 1, cast(as_of as date))
),

of_party as (
    select
        p.cp_id,
        cast(round(median(p.days_late)) as integer) as habit_days,
        cast(quantile_disc(p.days_late, 0.9) as integer) as late_days,
    from paid p
    group by p.cp_id
    having count(*) >= 5
),

of_all as (
    select cast(round(median(p.days_late)) as integer) as habit_days, cast(quantile_disc(p.days_late, 0.9) as integer) as late_days from paid p
),

judged as (
    select
        o.*,
        coalesce(h.habit_days, a.habit_days, 0) as habit_days,
        coalesce(h.late_days, a.late_days, 0) as late_days,
        case when h.habit_days is not null then 'counterparty' when a.habit_days is not null then 'all' else 'none' end as habit_source,
    from ar_open(as_of) o
    cross join of_all a
    left join of_party h on h.cp_id = o.cp_id
    where not o.is_intercompany
)
select
    cp_id, counterparty, doc_id, number, stage, due_date, open_kzt, days_late, habit_days, habit_source,
    greatest(cast(as_of as date) + 1, due_date + habit_days) as expected_on,
    days_late > 90 as is_doubtful,
    late_days,
    greatest(cast(as_of as date) + 1, due_date + late_days) as late_on,
from judged
