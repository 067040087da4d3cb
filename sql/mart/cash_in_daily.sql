-- What customers may pay, day by day from a date on, with what comes later and what is doubtful beside. At most 366 days ahead.
--
-- kind:      macro(as_of date, horizon integer)
-- grain:     day
-- source:    cash_in
-- units:     tenge as the ledger carries it
-- label.ru:  Ожидаемые поступления по дням
-- label.kk:  Күндер бойынша күтілетін түсімдер
-- label.en:  Expected receipts by day
-- synonyms:  план поступлений, прогноз поступлений по дням, түсім болжамы, cash forecast by day
--
-- day          day; as_of itself expects nothing
-- expected_kzt expected on the day
-- items        open items expected on it
-- running_kzt  expected up to and with the day
-- later_kzt    expected after the horizon, the same in each row
-- doubtful_kzt 91 days late and more, not expected, the same in each row
with
expected as (
    select * from cash_in(as_of)
),

calendar as (
    select cast(as_of as date) + cast(unnest(range(greatest(least(horizon, 366), 0) + 1)) as integer) as day
),

-- beyond the last day, not beyond the wanted one: a horizon that was cut loses nothing
apart as (
    select
        coalesce(sum(open_kzt) filter (where is_doubtful), 0) as doubtful_kzt,
        coalesce(sum(open_kzt) filter (where not is_doubtful and expected_on > (select max(day) from calendar)), 0) as later_kzt,
    from expected
),

daily as (
    select d.day, coalesce(sum(e.open_kzt), 0) as expected_kzt, count(e.doc_id) as items
    from calendar d
    left join expected e on e.expected_on = d.day and not e.is_doubtful
    group by d.day
)
select
    d.day,
    cast(d.expected_kzt as decimal(18, 2)) as expected_kzt,
    d.items,
    cast(sum(d.expected_kzt) over (order by d.day) as decimal(18, 2)) as running_kzt,
    cast(a.later_kzt as decimal(18, 2)) as later_kzt,
    cast(a.doubtful_kzt as decimal(18, 2)) as doubtful_kzt,
from daily d, apart a
