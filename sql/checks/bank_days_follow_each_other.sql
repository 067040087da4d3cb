-- A statement opens with another balance than the one before it closed with, or days are missing between them.
--
-- kind:     reconciliation
-- label.ru: Разрыв в цепочке банковских выписок
-- label.kk: Банк үзінділерінің тізбегі үзілген
-- label.en: Bank statements do not follow each other
-- touches:  cash_position, cash_by_week, bank_reconciliation, unmatched_bank
with
chain as (
    select
        s.*,
        arg_max(closing, last_day) over line as closing_before,
        max(last_day) over line as last_before,
    from bank_stmt s
    window line as (
        partition by bank_account_id order by first_day, last_day rows between unbounded preceding and 1 preceding
    )
)
select
    a.iban || ' ' || c.first_day as subject,
    case
        when c.first_day > c.last_before + 1 then 'no statement from ' || (c.last_before + 1) || ' to ' || (c.first_day - 1)
        else 'opens with ' || c.opening || ' after ' || c.closing_before
    end as detail,
    cast(c.opening - c.closing_before as decimal(18, 2)) as amount,
    cast(null as varchar) as cp_id,
    c.last_before as first_day,
    c.first_day as last_day,
from chain c
join bank_account a using (bank_account_id)
-- a day without movements changes nothing and is in no statement
where c.first_day > c.last_before and c.opening <> c.closing_before
