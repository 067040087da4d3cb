-- Each own bank account over a period by 1C: opening, money in and out, own transfers apart, closing.
--
-- id:        cash_flow_by_account
-- version:   1
-- title.ru:  Движение денег по счетам
-- title.kk:  Шоттар бойынша ақша қозғалысы
-- title.en:  Cash flow by account
-- synonyms:  обороты по счетам, движение по расчётному счёту, шот айналымы, cash flow by account, account turnover, шоттар бойынша ақша қозғалысы
-- unit:      currency of the account
-- basis:     cash; 1C account 1030
-- shape:     table
-- grain:     iban
-- params:    period period, org org?
-- formula:   opening + in − out + own transfers in − out = closing, in the currency of the account; difference is what the documents do not explain
-- needs:     onec
-- tests:     tests/sql/test_metrics_money.py::test_opening_and_movements_make_the_closing_of_an_account,
--     tests/sql/test_metrics_agree.py::test_accounts_close_where_their_movements_lead_and_no_transfer_is_lost
--
-- iban           account
-- currency       its currency
-- opening_doc    balance before the period, by 1C
-- in_doc         money in
-- out_doc        money out
-- own_in_doc     from own accounts and own entities
-- own_out_doc    to own accounts and own entities
-- closing_doc    balance at the end, by 1C
-- difference_doc closing less what the movements make; zero when the books tie
with
moved as (
    select
        bank_account_id,
        coalesce(sum(in_doc) filter (where is_flow), 0) as in_doc,
        coalesce(sum(out_doc) filter (where is_flow), 0) as out_doc,
        coalesce(sum(in_doc) filter (where not is_flow), 0) as own_in_doc,
        coalesce(sum(out_doc) filter (where not is_flow), 0) as own_out_doc,
    from cash_move($period_from, $period_to)
    where bank_account_id is not null
    group by bank_account_id
)
select
    o.iban, o.currency, o.book_balance as opening_doc,
    cast(coalesce(m.in_doc, 0) as decimal(18, 2)) as in_doc,
    cast(coalesce(m.out_doc, 0) as decimal(18, 2)) as out_doc,
    cast(coalesce(m.own_in_doc, 0) as decimal(18, 2)) as own_in_doc,
    cast(coalesce(m.own_out_doc, 0) as decimal(18, 2)) as own_out_doc,
    c.book_balance as closing_doc,
    cast(
        c.book_balance - o.book_balance - coalesce(m.in_doc - m.out_doc + m.own_in_doc - m.own_out_doc, 0) as decimal(18, 2)
    ) as difference_doc,
from cash_position(cast($period_from as date) - 1) o
join cash_position($period_to) c using (bank_account_id)
left join moved m using (bank_account_id)
order by o.iban
