-- The mirrored entries of an account do not add up to the balance that 1C itself gives for it.
--
-- kind:     reconciliation
-- label.ru: Проводки зеркала не сходятся с остатками 1С
-- label.kk: Айнадағы жазбалар 1С қалдықтарымен сәйкес келмейді
-- label.en: Mirrored entries differ from the balances of 1C
-- touches:  revenue, gross_margin, control_gl, cash_flow_by_account, ar_total, ar_overdue, ageing, top_debtors, client_receivables, ap_total, cash_position, advances_total
with
mirrored as (
    select account, org_id, sum(case line_side when 'dr' then amount_kzt else -amount_kzt end) as amount
    from gl
    where dt <= (select max(as_of) from gl_balance)
    group by all
),

told as (
    select account, org_id, sum(coalesce(debit_kzt, 0) - coalesce(credit_kzt, 0)) as amount from gl_balance group by all
)
select
    coalesce(m.account, t.account) || ' ' || coalesce(o.name, '') as subject,
    'mirror ' || coalesce(m.amount, 0) || ', 1C ' || coalesce(t.amount, 0) as detail,
    cast(coalesce(m.amount, 0) - coalesce(t.amount, 0) as decimal(18, 2)) as amount,
    cast(null as varchar) as cp_id,
    cast(null as date) as first_day,
    cast(null as date) as last_day,
from mirrored m
full join told t on t.account = m.account and t.org_id = m.org_id
left join org o on o.org_id = coalesce(m.org_id, t.org_id)
where coalesce(m.amount, 0) <> coalesce(t.amount, 0) and exists (from gl_balance)
