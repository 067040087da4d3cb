-- Bank statement lines held against the payments in 1C: one row per line and payment that match, and one for each alone.
-- Every line and every payment is used once.
--
-- kind:      table
-- grain:     bank_line_id, doc_id
-- source:    bank_line, doc, bank_stmt
-- units:     currency of the account
-- label.ru:  Сверка банка с 1С
-- label.kk:  Банкті 1С-пен салыстыру
-- label.en:  Bank reconciliation
-- synonyms:  сверка банка, выписка и 1С, неразнесённые платежи, деньги без документа, bank reconciliation
--
-- status          matched, unmatched_bank (1C has no such payment) or unmatched_book (the bank has no such line)
-- rule            number: same number, day and amount; party: same party and amount within five days;
--                 amount: same amount and day; group: several documents of a party make one line
-- bank_account_id own account
-- direction       in or out
-- bank_line_id    line of the statement, empty when there is none
-- value_date      its day
-- doc_id          payment in 1C, empty when there is none
-- doc_date        its day
-- amount          amount of the line, or of the payment where there is no line
-- cp_id           the other party
-- purpose         words of the payer [untrusted]
with
book as (
    select
        d.doc_id, d.bank_account_id,
        case when d.type in ('pay_in', 'refund_in', 'transfer_in', 'other_in') then 'in' else 'out' end as direction,
        d.doc_date, d.sum_doc as amount, d.number_short, d.cp_id
    from doc d
    where d.bank_account_id is not null
        and d.type in ('pay_in', 'refund_in', 'transfer_in', 'other_in', 'pay_out', 'refund_out', 'transfer_out', 'fee', 'other_out')
        -- only days that a statement covers: where no statement has come, nothing is missing from it
        and exists (from bank_stmt s where s.bank_account_id = d.bank_account_id and d.doc_date between s.first_day and s.last_day)
),

bank as (
    select
        l.bank_line_id, l.bank_account_id, l.direction, l.value_date, l.amount,
        ltrim(regexp_extract(l.doc_number, '(\d+)\D*$', 1), '0') as number_short, l.cp_id, l.purpose
    from bank_line l
),

-- what meets only itself is paired without being put in order
numbered as (
    select bank_account_id, direction, amount, value_date as day, number_short, bank_line_id, cast(null as varchar) as doc_id from bank
    union all
    select bank_account_id, direction, amount, doc_date, number_short, null, doc_id from book
),

same_number as (
    select
        bank_account_id, direction, amount, day, number_short,
        count(bank_line_id) as lines, count(doc_id) as payments, min(bank_line_id) as bank_line_id, min(doc_id) as doc_id,
    from numbered
    where bank_account_id is not null and amount is not null and day is not null and number_short is not null
    group by all
    having lines > 0 and payments > 0
),

-- of several alike the k-th line goes with the k-th payment
alike as (
    select
        n.*,
        row_number() over (
            partition by bank_account_id, direction, amount, day, number_short, n.doc_id is null order by n.bank_line_id, n.doc_id
        ) as n,
    from numbered n
    semi join (from same_number where lines > 1 or payments > 1) using (bank_account_id, direction, amount, day, number_short)
),

by_number as (
    select bank_line_id, doc_id, 'number' as rule from same_number where lines = 1 and payments = 1
    union all
    select b.bank_line_id, k.doc_id, 'number'
    from alike b
    join alike k using (bank_account_id, direction, amount, day, number_short, n)
    where b.bank_line_id is not null and k.doc_id is not null
),

bank_2 as (from bank where bank_line_id not in (select bank_line_id from by_number)),
book_2 as (from book where doc_id not in (select doc_id from by_number)),

-- lines and payments of a party and amount on one line of time; five days without either part it,
-- so that one missing payment does not push every later pair apart
sightings as (
    select bank_account_id, direction, amount, cp_id, value_date as day, bank_line_id, cast(null as varchar) as doc_id
    from bank_2
    where cp_id is not null
    union all
    select bank_account_id, direction, amount, cp_id, doc_date, null, doc_id
    from book_2
    where cp_id is not null
),

-- one line and one payment of a party and amount need no line of time
same_party as (
    select
        bank_account_id, direction, amount, cp_id,
        count(bank_line_id) as lines, count(doc_id) as payments, min(bank_line_id) as bank_line_id, min(doc_id) as doc_id,
        max(day) - min(day) as apart,
    from sightings
    where bank_account_id is not null and amount is not null
    group by all
    having lines > 0 and payments > 0
),

parted as (
    select *, coalesce(date_diff('day', lag(day) over in_time, day) > 5, true) as is_new
    from sightings
    semi join (from same_party where lines > 1 or payments > 1) using (bank_account_id, direction, amount, cp_id)
    window in_time as (partition by bank_account_id, direction, amount, cp_id order by day)
),

stretches as (
    select *, count(*) filter (where is_new) over (partition by bank_account_id, direction, amount, cp_id order by day) as stretch
    from parted
),

-- in a stretch the k-th line goes with the k-th payment
ranked as (
    select
        *,
        row_number() over (
            partition by bank_account_id, direction, amount, cp_id, stretch, doc_id is null order by day, bank_line_id, doc_id
        ) as n
    from stretches
),

by_party as (
    select bank_line_id, doc_id, 'party' as rule from same_party where lines = 1 and payments = 1 and apart <= 5
    union all
    select b.bank_line_id, k.doc_id, 'party'
    from ranked b
    join ranked k
        on k.bank_account_id = b.bank_account_id and k.direction = b.direction and k.amount = b.amount
        and k.cp_id = b.cp_id and k.stretch = b.stretch and k.n = b.n
    where b.bank_line_id is not null and k.doc_id is not null and abs(date_diff('day', k.day, b.day)) <= 5
),

bank_3 as (from bank_2 where bank_line_id not in (select bank_line_id from by_party)),
book_3 as (from book_2 where doc_id not in (select doc_id from by_party)),

by_amount as (
    select b.bank_line_id, k.doc_id, 'amount' as rule
    from (select *, row_number() over (partition by bank_account_id, direction, amount, value_date order by bank_line_id) as n from bank_3) b
    join (select *, row_number() over (partition by bank_account_id, direction, amount, doc_date order by doc_id) as n from book_3) k
        on k.bank_account_id = b.bank_account_id and k.direction = b.direction and k.amount = b.amount
        and k.doc_date = b.value_date and k.n = b.n
        and (b.cp_id is null or k.cp_id is null)
),

bank_4 as (from bank_3 where bank_line_id not in (select bank_line_id from by_amount)),
book_4 as (from book_3 where doc_id not in (select doc_id from by_amount)),

party_days as (
    select bank_account_id, direction, doc_date, cp_id, sum(amount) as amount from book_4 where cp_id is not null group by all having count(*) > 1
),

by_group as (
    select b.bank_line_id, k.doc_id, 'group' as rule
    from bank_4 b
    join party_days p on p.bank_account_id = b.bank_account_id and p.direction = b.direction and p.doc_date = b.value_date
        and p.cp_id = b.cp_id and p.amount = b.amount
    join book_4 k on k.bank_account_id = p.bank_account_id and k.direction = p.direction and k.doc_date = p.doc_date and k.cp_id = p.cp_id
    qualify row_number() over (partition by k.doc_id order by b.bank_line_id) = 1
),

matched as (
    from by_number union all from by_party union all from by_amount union all from by_group
)
select
    'matched' as status, m.rule, b.bank_account_id, b.direction, b.bank_line_id, b.value_date, k.doc_id, k.doc_date,
    case m.rule when 'group' then k.amount else b.amount end as amount, coalesce(k.cp_id, b.cp_id) as cp_id, b.purpose,
from matched m
join bank b using (bank_line_id)
join book k using (doc_id)
union all
select 'unmatched_bank', null, bank_account_id, direction, bank_line_id, value_date, null, null, amount, cp_id, purpose
from bank_4
where bank_line_id not in (select bank_line_id from by_group)
union all
select 'unmatched_book', null, bank_account_id, direction, null, null, doc_id, doc_date, amount, cp_id, null
from book_4
where doc_id not in (select doc_id from by_group)
