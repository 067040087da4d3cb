-- Money expected in and out week by week, and what it leaves at the end of each week. Doubtful debts are told apart.
--
-- id:        cash_by_week
-- version:   2
-- changed_on: 2026-11-21
-- owner:     head of finance
-- title.ru:  Прогноз денег по неделям
-- title.kk:  Апталар бойынша ақша болжамы
-- title.en:  Cash by week
-- synonyms:  прогноз движения денег, платёжный календарь, хватит ли денег, кассовый разрыв, апталық ақша болжамы, cash forecast by week, liquidity forecast
-- unit:      KZT
-- basis:     open receivables and payables, gross, booked rate; money on bank accounts and in cash desks
-- shape:     table
-- grain:     week_from
-- params:    as_of date, horizon int(0..366)=30, scenario choice(base|late)=base, org org?, include_intercompany choice(true|false)?
-- formula:   opening = cash_position(as_of), bank accounts by the bank, else by 1C, and cash desks, at the rate of the day; in = cash_in(as_of) on expected_on, or in scenario late on late_on: due date + the 90th percentile of days late; out = ap_open(as_of) on the due date, what is overdue tomorrow; weeks from Monday to Sunday, from tomorrow to as_of + horizon, at most 366 days; taxes, wages, new sales and purchases are not in it
-- needs:     onec
-- tests:     tests/sql/test_metrics_forecast.py::test_weeks_end_on_sunday_and_on_the_horizon,
--     tests/sql/test_metrics_forecast.py::test_when_money_only_grows_the_lowest_day_is_the_first,
--     tests/sql/test_metrics_forecast.py::test_customers_who_pay_late_come_at_the_ninetieth_percentile,
--     tests/sql/test_metrics_forecast.py::test_the_opening_is_the_banks_else_that_of_1c_at_the_rate_of_the_day
--
-- week_from        first day: tomorrow, then Mondays
-- week_to          last day: Sundays, then the end of the horizon
-- in_kzt           expected in
-- out_kzt          to be paid out
-- net_kzt          in less out
-- balance_kzt      money at the end of the last day
-- opening_kzt      money on as_of, the same in each row, as all that follows
-- lowest_kzt       lowest balance of any day, as_of among them
-- lowest_on        first day with it
-- overdue_out_kzt  of what is paid out, overdue already: counted tomorrow
-- doubtful_kzt     receivables 91 days late and more, not expected
-- later_in_kzt     expected after the horizon
-- later_out_kzt    to be paid after it
-- accounts_by_book accounts whose opening is that of 1C: no statement has come
-- stale_accounts   accounts whose statement ends more than a working day before as_of
-- without_rate     accounts and desks in a currency without a rate: not in the balance
with
accounts as (
    select
        p.kind = 'bank' and p.bank_balance is null as is_by_book,
        p.bank_balance is not null and p.is_stale as is_stale,
        p.balance_kzt as kzt,
    from cash_position($as_of) p
),

opened as (
    select
        coalesce(sum(kzt), 0) as opening_kzt,
        count(*) filter (where is_by_book) as accounts_by_book,
        count(*) filter (where is_stale) as stale_accounts,
        count(*) filter (where kzt is null) as without_rate,
    from accounts
),

moves as (
    select case $scenario when 'late' then late_on else expected_on end as day, open_kzt as in_kzt, 0 as out_kzt, false as is_overdue, is_doubtful
    from cash_in($as_of)
    union all
    select greatest(due_date, cast($as_of as date) + 1), 0, open_kzt, days_late > 0, false
    from ap_open($as_of)
    where not is_intercompany
),

calendar as (
    select cast($as_of as date) + cast(n as integer) as day
    from (select unnest(range(367)) as n)
    where n <= greatest($horizon, 1)
),

apart as (
    select
        coalesce(sum(out_kzt) filter (where is_overdue), 0) as overdue_out_kzt,
        coalesce(sum(in_kzt) filter (where is_doubtful), 0) as doubtful_kzt,
        coalesce(sum(in_kzt) filter (where not is_doubtful and day > (select max(day) from calendar)), 0) as later_in_kzt,
        coalesce(sum(out_kzt) filter (where day > (select max(day) from calendar)), 0) as later_out_kzt,
    from moves
),

daily as (
    select c.day, coalesce(sum(m.in_kzt), 0) as in_kzt, coalesce(sum(m.out_kzt), 0) as out_kzt
    from calendar c
    left join moves m on m.day = c.day and not m.is_doubtful
    group by c.day
),

running as (
    select d.*, o.opening_kzt + sum(d.in_kzt - d.out_kzt) over (order by d.day) as balance_kzt from daily d, opened o
),

lowest as (
    select min(balance_kzt) as lowest_kzt, arg_min(day, (balance_kzt, day)) as lowest_on from running
),

weeks as (
    select
        min(day) as week_from, max(day) as week_to, sum(in_kzt) as in_kzt, sum(out_kzt) as out_kzt, arg_max(balance_kzt, day) as balance_kzt,
    from running
    where day > $as_of
    group by date_trunc('week', day)
)
select
    w.week_from, w.week_to,
    cast(w.in_kzt as decimal(18, 2)) as in_kzt,
    cast(w.out_kzt as decimal(18, 2)) as out_kzt,
    cast(w.in_kzt - w.out_kzt as decimal(18, 2)) as net_kzt,
    cast(w.balance_kzt as decimal(18, 2)) as balance_kzt,
    cast(o.opening_kzt as decimal(18, 2)) as opening_kzt,
    cast(l.lowest_kzt as decimal(18, 2)) as lowest_kzt,
    l.lowest_on,
    cast(a.overdue_out_kzt as decimal(18, 2)) as overdue_out_kzt,
    cast(a.doubtful_kzt as decimal(18, 2)) as doubtful_kzt,
    cast(a.later_in_kzt as decimal(18, 2)) as later_in_kzt,
    cast(a.later_out_kzt as decimal(18, 2)) as later_out_kzt,
    o.accounts_by_book, o.stale_accounts, o.without_rate,
from weeks w, opened o, apart a, lowest l
order by w.week_from
