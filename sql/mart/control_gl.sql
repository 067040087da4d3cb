-- Open items held against the ledger on a date: receivables less advances and credits must equal accounts 1210 and 3510,
-- payables less advances 3310 and 1710, with the long-term ones that belong to them (see debt_account), for each own entity, counterparty, contract and currency, in it and in tenge.
--
-- kind:      macro(as_of date)
-- grain:     side, org_id, cp_id, contract_id, currency
-- source:    debit_item, credit_item, open_span, unused_span, ledger_day
-- units:     money in the currency of the row, _kzt in tenge
-- label.ru:  Сверка расчётов с бухгалтерскими счетами
-- label.kk:  Есеп айырысуды бухгалтерлік шоттармен салыстыру
-- label.en:  Control against the ledger
-- synonyms:  сверка с оборотно-сальдовой, ОСВ, сходится ли с 1С, control account
--
-- side           ar: accounts of customers; ap: of suppliers
-- org_id         own entity
-- cp_id          the other party
-- counterparty   its name [untrusted]
-- contract_id    agreement
-- currency       currency
-- items          open items less unused advances and credits
-- ledger         balance of those accounts, positive when it is a debt
-- difference     items minus ledger; zero when the books tie
-- items_kzt      the items in tenge as they are carried
-- ledger_kzt     balance of those accounts in tenge
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
    select side, org_id, cp_id, contract_id, currency, 0, 0, open_kzt, 0
    from open_span
    where open_from <= as_of and (open_to is null or open_to >= as_of)
    union all
    select side, org_id, cp_id, contract_id, currency, 0, 0, -unused_kzt, 0
    from unused_span
    where unused_from <= as_of and (unused_to is null or unused_to >= as_of)
    union all
    select side, org_id, cp_id, contract_id, currency, 0, ledger, 0, ledger_kzt
    from ledger_day
    where day <= as_of
),

sums as (
    select
        side, org_id, cp_id, contract_id, currency,
        cast(sum(items) as decimal(18, 2)) as items,
        cast(sum(ledger) as decimal(18, 2)) as ledger,
        cast(sum(items_kzt) as decimal(18, 2)) as items_kzt,
        cast(sum(ledger_kzt) as decimal(18, 2)) as ledger_kzt,
    from moves
    group by all
)
select
    s.side, s.org_id, s.cp_id, cp.name as counterparty, s.contract_id, s.currency, s.items, s.ledger,
    cast(s.items - s.ledger as decimal(18, 2)) as difference,
    s.items_kzt, s.ledger_kzt,
    cast(s.items_kzt - s.ledger_kzt as decimal(18, 2)) as difference_kzt,
from sums s
left join cp on cp.cp_id = s.cp_id
