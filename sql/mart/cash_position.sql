-- Money on own bank accounts on a date: what the bank's statement says beside what 1C says.
--
-- kind:      macro(as_of date)
-- grain:     bank_account_id
-- source:    bank_account, bank_stmt, bank_line, gl
-- units:     currency of the account
-- label.ru:  Деньги на счетах
-- label.kk:  Шоттардағы ақша
-- label.en:  Cash position
-- synonyms:  остатки на счетах, деньги, сколько денег, баланс счёта, ақша қалдығы, cash, balances
--
-- bank_account_id own account
-- org_id          own entity
-- iban            account number
-- bank            bank
-- currency        currency of the account
-- bank_balance    by the statement, at the end of stmt_date; empty when no statement has come
-- book_balance    by 1C, accounts 1030 to 1060, at the end of as_of
-- difference      bank_balance minus book_balance
-- stmt_date       last day that a statement covers, at most as_of
-- is_stale        the statement ends more than a working day before as_of
with
latest as (
    select s.*, least(s.last_day, cast(as_of as date)) as stmt_date
    from bank_stmt s
    where s.first_day <= as_of
    qualify row_number() over (partition by s.bank_account_id order by least(s.last_day, cast(as_of as date)) desc, s.first_day desc) = 1
),

moved as (
    select
        s.bank_account_id, s.stmt_date,
        s.opening + coalesce(sum(case l.direction when 'in' then l.amount else -l.amount end), 0) as bank_balance
    from latest s
    left join bank_line l on l.bank_account_id = s.bank_account_id
        and l.value_date between s.first_day and s.stmt_date
    group by s.bank_account_id, s.stmt_date, s.opening
),

booked as (
    select g.bank_account_id, sum(case g.line_side when 'dr' then g.amount_doc else -g.amount_doc end) as book_balance
    from gl g
    where g.account[1:4] in ('1030', '1040', '1050', '1060') and g.dt <= as_of and g.bank_account_id is not null
    group by g.bank_account_id
)
select
    a.bank_account_id, a.org_id, a.iban, a.bank, a.currency,
    cast(m.bank_balance as decimal(18, 2)) as bank_balance,
    cast(coalesce(b.book_balance, 0) as decimal(18, 2)) as book_balance,
    cast(m.bank_balance - coalesce(b.book_balance, 0) as decimal(18, 2)) as difference,
    m.stmt_date,
    m.stmt_date is null or m.stmt_date < cast(as_of as date) - case isodow(cast(as_of as date)) when 1 then 3 when 7 then 2 else 1 end as is_stale,
from bank_account a
left join moved m using (bank_account_id)
left join booked b using (bank_account_id)
