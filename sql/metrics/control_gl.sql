-- Open items held against the ledger: how many counterparties and contracts tie, and by how much the others do not.
--
-- id:        control_gl
-- version:   3
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Сверка расчётов с бухгалтерией
-- title.kk:  Есеп айырысуды бухгалтериямен салыстыру
-- title.en:  Control against the ledger
-- synonyms:  сходится ли с 1С, сверка с ОСВ, оборотно-сальдовая, бухгалтериямен салыстыру, control account, trial balance, бас кітаппен салыстыру,
--     бухгалтерией, с бухгалтерией, разница с бухгалтерией, учётом сходится, бухгалтериямен, tie to the ledger,
--     ties to the ledger, the ledger
-- unit:      currency of the row
-- basis:     open items; accounts 1210, 3510, 3310, 1710 and long-term 2110, 4410, 4110, 2910, or as the settings say
-- shape:     table
-- grain:     side, currency
-- params:    as_of date, org org?
-- formula:   control_gl(as_of) by side and currency, in it and in tenge; a difference of either sign counts, none is hidden by another
-- needs:     onec
-- tests:     tests/test_facts_debts.py::test_open_items_in_foreign_currency_tie_to_the_ledger_in_tenge_on_any_day,
--     tests/sql/test_metrics_money.py::test_differences_of_opposite_sign_do_not_hide_each_other
--
-- side           ar: customers; ap: suppliers
-- currency       currency
-- contracts      counterparties and contracts compared
-- differing      of them, with a difference
-- items_doc      open items less unused advances and credits
-- ledger_doc     balance of the accounts
-- difference_doc items less ledger
-- absolute_doc   sum of the differences without their signs
-- items_kzt      the items in tenge, as they are carried
-- ledger_kzt     balance of the accounts in tenge
-- absolute_kzt   sum of the differences in tenge without their signs
select
    side, currency,
    count(*) as contracts,
    count(*) filter (where difference <> 0 or difference_kzt <> 0) as differing,
    cast(sum(items) as decimal(18, 2)) as items_doc,
    cast(sum(ledger) as decimal(18, 2)) as ledger_doc,
    cast(sum(difference) as decimal(18, 2)) as difference_doc,
    cast(sum(abs(difference)) as decimal(18, 2)) as absolute_doc,
    cast(sum(items_kzt) as decimal(18, 2)) as items_kzt,
    cast(sum(ledger_kzt) as decimal(18, 2)) as ledger_kzt,
    cast(sum(abs(difference_kzt)) as decimal(18, 2)) as absolute_kzt,
from control_gl($as_of)
group by side, currency
order by side desc, currency
