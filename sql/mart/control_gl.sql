-- Open items held against the ledger on a date: receivables less advances and credits must equal accounts 1210 and 3510,
-- payables less advances must equal 3310 and 1710, for each own entity, counterparty, contract and currency.
--
-- kind:      macro(as_of date)
-- grain:     side, org_id, cp_id, contract_id, currency
-- source:    debit_item, credit_item, settlement, gl
-- units:     money in the currency of the row
-- label.ru:  Сверка расчётов с бухгалтерскими счетами
-- label.kk:  Есеп айырысуды бухгалтерлік шоттармен салыстыру
-- label.en:  Control against the ledger
-- synonyms:  сверка с оборотно-сальдовой, ОСВ, сходится ли с 1С, control account
--
-- side           ar: 1210 and 3510; ap: 3310 and 1710
-- org_id         own entity
-- cp_id          the other party
-- counterparty   its name [untrusted]
-- contract_id    agreement
-- currency       currency
-- items          open items less unused advances and credits
-- ledger         balance of the two accounts, positive when it is a debt
-- difference     items minus ledger; zero when the books tie
with
moves as (
    select side, org_id, cp_id, contract_id, currency, amount_doc as items, 0 as ledger
    from debit_item
    where doc_date <= as_of
    union all
    select side, org_id, cp_id, contract_id, currency, -amount_doc, 0
    from credit_item
    where doc_date <= as_of
    union all
    select
        case when account[1:4] in ('1210', '3510') then 'ar' else 'ap' end,
        org_id, cp_id, contract_id, coalesce(currency, 'KZT'), 0,
        case when (line_side = 'dr') = (account[1:4] in ('1210', '3510')) then 1 else -1 end * coalesce(amount_doc, amount_kzt)
    from gl
    where account[1:4] in ('1210', '3510', '3310', '1710') and dt <= as_of
),

sums as (
    select side, org_id, cp_id, contract_id, currency, sum(items) as items, sum(ledger) as ledger
    from moves
    group by all
)
select
    s.side, s.org_id, s.cp_id, cp.name as counterparty, s.contract_id, s.currency,
    cast(s.items as decimal(18, 2)) as items,
    cast(s.ledger as decimal(18, 2)) as ledger,
    cast(s.items - s.ledger as decimal(18, 2)) as difference,
from sums s
left join cp using (cp_id)
