-- Whom to call about overdue money, first who owes most for longest. Own entities are left out.
--
-- id:        collection_list
-- version:   1
-- changed_on: 2026-11-21
-- owner:     head of finance
-- title.ru:  Кому звонить по просроченным долгам
-- title.kk:  Мерзімі өткен қарыз бойынша кімге қоңырау шалу керек
-- title.en:  Collection list
-- synonyms:  обзвон должников, кому звонить, список на взыскание, работа с просрочкой, борышкерлерге қоңырау, collection list, calls for the week
-- unit:      KZT
-- basis:     accrual, gross, at the value that the ledger carries, revaluations included
-- shape:     table
-- grain:     cp_id
-- params:    as_of date, manager text?, bucket choice(1-30|31-60|61-90|91+)?, org org?, include_intercompany choice(true|false)?
-- formula:   ar_open(as_of) with days_late > 0, of one bucket when asked, by customer; weight = sum(open × days late); usual_days and expected_on as in cash_in_plan; manager = responsible for the latest CRM deal, every word of `manager` in the name
-- needs:     onec
-- needs.manager: bitrix
-- tests:     tests/sql/test_metrics_collection.py::test_calls_are_in_order_of_amount_by_days,
--     tests/sql/test_metrics_collection.py::test_a_bucket_takes_its_own_documents_alone,
--     tests/sql/test_metrics_collection.py::test_the_manager_is_that_of_the_latest_deal_by_the_day,
--     tests/sql/test_metrics_collection.py::test_the_last_payment_and_the_habit_are_those_of_the_plan
--
-- cp_id           who owes
-- counterparty    its name [untrusted]
-- overdue_kzt     past its due date
-- max_days_late   days late of the oldest item
-- weight_kzt_days sum of amount × days late: the order of the list
-- documents       unpaid documents behind it
-- oldest_number   number of the one due first
-- oldest_due      when that was due
-- last_paid_on    day of its last payment up to as_of; empty when it never paid
-- last_paid_kzt   amount of that payment
-- usual_days      days late that it usually pays, the median
-- usual_source    counterparty with five payments or more in twelve months, all when it has fewer, none when nobody has paid
-- expected_on     first day on which the plan expects some of it; empty when all of it is 91 days late and more
-- manager         who looks after it; empty when the CRM does not say
-- customers       how many there are in the list
-- total_kzt       what they are late with together
-- reason          no_such_manager or nothing_overdue when the list is empty
with
late as (
    select
        e.cp_id,
        any_value(e.counterparty) as counterparty,
        sum(e.open_kzt) as overdue_kzt,
        max(e.days_late) as max_days_late,
        sum(cast(e.open_kzt as decimal(38, 2)) * e.days_late) as weight_kzt_days,
        count(distinct e.doc_id) as documents,
        arg_min(e.number, (e.due_date, e.number, e.doc_id)) as oldest_number,
        min(e.due_date) as oldest_due,
        any_value(e.habit_days) as usual_days,
        any_value(e.habit_source) as usual_source,
        min(e.expected_on) filter (where not e.is_doubtful) as expected_on,
    from cash_in($as_of) e
    where e.days_late > 0
        and case $bucket
            when '1-30' then e.days_late <= 30
            when '31-60' then e.days_late between 31 and 60
            when '61-90' then e.days_late between 61 and 90
            when '91+' then e.days_late > 90
            else true
        end
    group by e.cp_id
),

last_paid as (
    select p.cp_id, p.pay_date, p.amount_kzt
    from pay p
    where p.type = 'pay_in' and p.pay_date <= $as_of
    qualify row_number() over (partition by p.cp_id order by p.pay_date desc, p.doc_id desc) = 1
),

managers as (
    select
        cp_id, manager,
        $manager is null or list_bool_and(list_transform(
            string_split(lower(trim($manager)), ' '), lambda word: contains(lower(manager), word)
        )) as is_asked,
    from account_manager($as_of)
),

listed as (
    select l.*, p.pay_date as last_paid_on, p.amount_kzt as last_paid_kzt, m.manager
    from late l
    left join last_paid p on p.cp_id = l.cp_id
    left join managers m on m.cp_id = l.cp_id
    where $manager is null or m.is_asked
)
select
    l.cp_id, l.counterparty,
    cast(l.overdue_kzt as decimal(18, 2)) as overdue_kzt,
    l.max_days_late,
    cast(l.weight_kzt_days as decimal(38, 2)) as weight_kzt_days,
    l.documents, l.oldest_number, l.oldest_due, l.last_paid_on, l.last_paid_kzt, l.usual_days, l.usual_source, l.expected_on, l.manager,
    count(l.cp_id) over () as customers,
    cast(coalesce(sum(l.overdue_kzt) over (), 0) as decimal(18, 2)) as total_kzt,
    case
        when l.cp_id is not null then null
        when $manager is not null and not exists (from managers where is_asked) then 'no_such_manager'
        else 'nothing_overdue'
    end as reason,
from (select 1) one
left join listed l on true
order by l.weight_kzt_days desc, l.cp_id
