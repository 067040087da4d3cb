-- Open items held against the ledger on a date: receivables less advances and credits must equal accounts 1210 and 3510,
-- payables less advances must equal 3310 and 1710, for each own entity, counterparty, contract and currency, in it and in tenge.
--
-- kind:      macro(as_of date)
-- grain:     side, org_id, cp_id, contract_id, currency
-- source:    debit_item, credit_item, ar_open, ap_open, advances, gl
-- units:     money in the currency of the row, _kzt in tenge
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
-- items_kzt      the items in tenge as they are carried
-- ledger_kzt     balance of the two accounts in tenge
-- difference_kzt items_kzt minus ledger_kzt. Alone, with nothing in the currency, it is an exchange difference that the base has
--     posted otherwise than each document's share
with
moves as (
    select side, org_id, cp_id, contract_id, currency, amount_doc as items, 0 as ledger, 0 as items_kzt, 0 as ledger_kzt
    from debit_item
    where doc_date <= as_of
    union all
    select side, org_id, cp_id, contract_id, currency, -amount_doc, 0, 0, 0
    from credit_item
    where doc_date <= as_of
    union all
    select 'ar', org_id, cp_id, contract_id, currency, 0, 0, open_kzt, 0 from ar_open(as_of)
    union all
    select 'ap', org_id, cp_id, contract_id, currency, 0, 0, open_kzt, 0 from ap_open(as_of)
    union all
    select side, org_id, cp_id, contract_id, currency, 0, 0, -unused_kzt, 0 from advances(as_of)
    union all
    select
        case when account[1:4] in ('1210', '3510') then 'ar' else 'ap' end,
        org_id, cp_id, contract_id, coalesce(currency, 'KZT'), 0,
        case when (line_side = 'dr') = (account[1:4] in ('1210', '3510')) then 1 else -1 end * coalesce(amount_doc, amount_kzt),
        0,
        case when (line_side = 'dr') = (account[1:4] in ('1210', '3510')) then 1 else -1 end * amount_kzt
    from gl
    where account[1:4] in ('1210', '3510', '3310', '1710') and dt <= as_of
),

sums as (
    select
        side, org_id, cp_id, contract_id, currency,
        sum(items) as items, sum(ledger) as ledger, sum(items_kzt) as items_kzt, sum(ledger_kzt) as ledger_kzt,
    from moves
    group by all
)
select
    s.side, s.org_id, s.cp_id, cp.name as counterparty, s.contract_id, s.currency,
    cast(s.items as decimal(18, 2)) as items,
    cast(s.ledger as decimal(18, 2)) as ledger,
    cast(s.items - s.ledger as decimal(18, 2)) as difference,
    cast(s.items_kzt as decimal(18, 2)) as items_kzt,
    cast(s.ledger_kzt as decimal(18, 2)) as ledger_kzt,
    cast(s.items_kzt - s.ledger_kzt as decimal(18, 2)) as difference_kzt,
from sums s
left join cp using (cp_id)
