-- Money of the company on a date: on own bank accounts, what the bank's statement says beside what 1C says; in cash desks, what 1C says.
--
-- kind:      macro(as_of date)
-- grain:     bank_account_id, org_id, cash_desk_id, currency
-- source:    bank_account, bank_stmt, bank_line, cash_desk, gl, fx_rate
-- units:     currency of the account or desk; balance_kzt in tenge
-- label.ru:  Деньги на счетах и в кассах
-- label.kk:  Шоттар мен кассалардағы ақша
-- label.en:  Cash position
-- synonyms:  остатки на счетах, остаток в кассе, наличные, деньги, сколько денег, баланс счёта, ақша қалдығы, касса, cash, balances, cash on hand
--
-- bank_account_id own account; empty for a cash desk
-- cash_desk_id    cash desk; empty for an account, and for cash that 1C keeps under no desk
-- kind            bank or cash
-- org_id          own entity
-- iban            account number; empty for a cash desk
-- bank            bank; empty for a cash desk
-- cash_desk       name of the cash desk
-- currency        currency of the account or desk
-- bank_balance    by the statement, at the end of stmt_date; empty when no statement has come, and for a cash desk
-- book_balance    by 1C at the end of as_of: accounts 1030 to 1060, or 1010 of a cash desk
-- difference      bank_balance minus book_balance
-- stmt_date       last day that a statement covers, at most as_of
-- is_stale        the statement ends more than a working day before as_of; empty for a cash desk, which has none
-- balance_kzt     in tenge at the National Bank's rate of as_of: bank_balance, else book_balance; null when the currency has no rate
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
),

in_cash as (
    select
        g.org_id, g.cash_desk_id, g.currency,
        sum(case g.line_side when 'dr' then g.amount_doc else -g.amount_doc end) as book_balance
    from gl g
    where g.account[1:3] = '101' and g.dt <= as_of
    group by g.org_id, g.cash_desk_id, g.currency
),

places as (
    select
        a.bank_account_id, cast(null as varchar) as cash_desk_id, 'bank' as kind, a.org_id, a.iban, a.bank, cast(null as varchar) as cash_desk,
        a.currency, m.bank_balance, coalesce(b.book_balance, 0) as book_balance, m.stmt_date,
        m.stmt_date is null or m.stmt_date < cast(as_of as date) - case isodow(cast(as_of as date)) when 1 then 3 when 7 then 2 else 1 end as is_stale,
    from bank_account a
    left join moved m using (bank_account_id)
    left join booked b using (bank_account_id)
    union all
    -- a desk without an entry is empty; an entry without a desk is money all the same
    select
        null, coalesce(c.cash_desk_id, k.cash_desk_id), 'cash', coalesce(c.org_id, k.org_id), null, null, k.name,
        coalesce(c.currency, k.currency), null, coalesce(c.book_balance, 0), null, null,
    from cash_desk k
    full join in_cash c on c.cash_desk_id = k.cash_desk_id
),

rated as (
    select f.currency, arg_max(f.rate, f.rate_date) as rate, arg_max(f.mult, f.rate_date) as mult
    from fx_rate f
    where f.rate_date <= as_of
    group by f.currency
)
select
    p.bank_account_id, p.cash_desk_id, p.kind, p.org_id, p.iban, p.bank, p.cash_desk, p.currency,
    cast(p.bank_balance as decimal(18, 2)) as bank_balance,
    cast(p.book_balance as decimal(18, 2)) as book_balance,
    cast(p.bank_balance - p.book_balance as decimal(18, 2)) as difference,
    p.stmt_date, p.is_stale,
    case
        when p.currency = 'KZT' then cast(coalesce(p.bank_balance, p.book_balance) as decimal(18, 2))
        else in_kzt(coalesce(p.bank_balance, p.book_balance), r.rate, r.mult)
    end as balance_kzt,
from places p
left join rated r on r.currency = p.currency
