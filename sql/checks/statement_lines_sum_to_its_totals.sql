-- The lines of a statement that are mirrored do not lead from its opening to its closing balance.
--
-- kind:     reconciliation
-- label.ru: Строки выписки не сходятся с её остатками
-- label.kk: Үзінді жолдары қалдықтарымен сәйкес келмейді
-- label.en: Statement lines differ from its balances
-- touches:  cash_position, cash_by_week, bank_reconciliation, unmatched_bank
with
sums as (
    select
        s.bank_account_id, s.first_day, s.last_day, s.opening, s.closing,
        coalesce(sum(case l.direction when 'in' then l.amount else -l.amount end), 0) as moved
    from bank_stmt s
    left join bank_line l on l.bank_account_id = s.bank_account_id and l.value_date between s.first_day and s.last_day
    group by all
)
select
    a.iban || ' ' || s.first_day || '..' || s.last_day as subject,
    'opening ' || s.opening || ' and lines ' || s.moved || ' make ' || (s.opening + s.moved) || ', the statement closes with ' || s.closing as detail,
    cast(s.opening + s.moved - s.closing as decimal(18, 2)) as amount,
    cast(null as varchar) as cp_id,
    s.first_day,
    s.last_day,
from sums s
join bank_account a using (bank_account_id)
where s.opening + s.moved <> s.closing
