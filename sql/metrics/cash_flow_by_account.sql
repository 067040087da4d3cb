-- Each own bank account and cash desk over a period by 1C: opening, money in and out, own transfers apart, closing.
--
-- id:        cash_flow_by_account
-- version:   2
-- changed_on: 2026-11-21
-- owner:     head of finance
-- title.ru:  Движение денег по счетам и кассам
-- title.kk:  Шоттар мен кассалар бойынша ақша қозғалысы
-- title.en:  Cash flow by account and cash desk
-- synonyms:  обороты по счетам, движение по расчётному счёту, обороты кассы, шот айналымы, касса айналымы, cash flow by account, account turnover, шоттар бойынша ақша қозғалысы
-- unit:      currency of the account or desk
-- basis:     cash; 1C accounts 1030 to 1060, and 1010 of a cash desk
-- shape:     table
-- grain:     own account or cash desk
-- params:    period period, org org?
-- formula:   opening + in − out + own transfers in − out = closing, in the currency of the place; a document that is both legs of a transfer counts where the ledger says; difference is what the documents do not explain
-- needs:     onec
-- tests:     tests/sql/test_metrics_money.py::test_opening_and_movements_make_the_closing_of_an_account,
--     tests/sql/test_metrics_agree.py::test_accounts_close_where_their_movements_lead_and_no_transfer_is_lost
--
-- iban           account; empty for a cash desk
-- cash_desk      cash desk; empty for an account
-- currency       its currency
-- opening_doc    balance before the period, by 1C
-- in_doc         money in
-- out_doc        money out
-- own_in_doc     from own accounts, cash desks and entities
-- own_out_doc    to own accounts, cash desks and entities
-- closing_doc    balance at the end, by 1C
-- difference_doc closing less what the movements make; zero when the books tie
with
seen as (
    select *, in_doc <> 0 and out_doc <> 0 as is_both_legs from cash_move($period_from, $period_to)
),

legs as (
    select bank_account_id, cash_desk_id, currency, is_flow, in_doc, out_doc from seen where not is_both_legs
    union all
    -- one paper for both legs: each where the ledger has it
    select
        g.bank_account_id, g.cash_desk_id, g.currency, false,
        case g.line_side when 'dr' then g.amount_doc else 0 end,
        case g.line_side when 'cr' then g.amount_doc else 0 end,
    from seen s
    join gl g on g.doc_id = s.doc_id and g.account like '10%' and g.account not like '102%'
    where s.is_both_legs
),

moved as (
    select
        bank_account_id, cash_desk_id,
        -- a desk may hold several currencies, an account holds one
        case when bank_account_id is null then currency end as desk_currency,
        coalesce(sum(in_doc) filter (where is_flow), 0) as in_doc,
        coalesce(sum(out_doc) filter (where is_flow), 0) as out_doc,
        coalesce(sum(in_doc) filter (where not is_flow), 0) as own_in_doc,
        coalesce(sum(out_doc) filter (where not is_flow), 0) as own_out_doc,
    from legs
    where bank_account_id is not null or cash_desk_id is not null
    group by bank_account_id, cash_desk_id, desk_currency
)
select
    c.iban, c.cash_desk, c.currency,
    cast(coalesce(o.book_balance, 0) as decimal(18, 2)) as opening_doc,
    cast(coalesce(m.in_doc, 0) as decimal(18, 2)) as in_doc,
    cast(coalesce(m.out_doc, 0) as decimal(18, 2)) as out_doc,
    cast(coalesce(m.own_in_doc, 0) as decimal(18, 2)) as own_in_doc,
    cast(coalesce(m.own_out_doc, 0) as decimal(18, 2)) as own_out_doc,
    c.book_balance as closing_doc,
    cast(
        c.book_balance - coalesce(o.book_balance, 0)
        - coalesce(m.in_doc - m.out_doc + m.own_in_doc - m.own_out_doc, 0) as decimal(18, 2)
    ) as difference_doc,
from cash_position($period_to) c
left join cash_position(cast($period_from as date) - 1) o
    on o.bank_account_id is not distinct from c.bank_account_id and o.cash_desk_id is not distinct from c.cash_desk_id
    and o.org_id is not distinct from c.org_id and o.currency = c.currency
left join moved m
    on m.bank_account_id = c.bank_account_id
    or (m.bank_account_id is null and c.bank_account_id is null and m.cash_desk_id = c.cash_desk_id and m.desk_currency = c.currency)
order by c.iban, c.cash_desk, c.currency
