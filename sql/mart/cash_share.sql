-- What of each movement of money is of which cash flow item: a row for a payment of one item, several for one of several.
--
-- Kept as a table, since every question about items would add the rows of payments up anew.
--
-- kind:      table
-- grain:     doc_id, ddc_item_id
-- source:    cash_move, pay_alloc, doc
-- units:     _doc in the currency of the document, _kzt in tenge at its rate
-- listed:    no
-- label.ru:  Доли платежей по статьям ДДС
-- label.kk:  Төлемдердің ДДС баптары бойынша үлестері
-- label.en:  Shares of payments by cash flow item
-- synonyms:  доли по статьям, бап бойынша үлес, shares by item
--
-- doc_id      payment document
-- ddc_item_id cash flow item; joins ddc_item. Empty where 1C names none, and for own_transfer and intercompany
-- amount_doc  amount of the item
-- amount_kzt  the same in tenge; null when the currency has no rate
with
seen as (
    select s.doc_id, s.is_flow from cash_move(date '0001-01-01', date '9999-12-31') s
),

rows_of as (
    select a.doc_id, a.ddc_item_id, a.amount_doc, a.amount_kzt
    from pay_alloc a
    semi join (from seen where is_flow) using (doc_id)
),

allocated as (
    select doc_id, sum(amount_doc) as amount_doc, sum(amount_kzt) as amount_kzt from rows_of group by doc_id
),

-- what no row of the payment names is of the payment's own item
parts as (
    from rows_of
    union all
    select
        s.doc_id, case when s.is_flow then d.ddc_item_id end, d.sum_doc - coalesce(l.amount_doc, 0), d.sum_kzt - coalesce(l.amount_kzt, 0),
    from seen s
    join doc d on d.doc_id = s.doc_id
    left join allocated l on l.doc_id = s.doc_id
    where l.doc_id is null or l.amount_doc <> d.sum_doc
)
select
    doc_id, ddc_item_id,
    cast(sum(amount_doc) as decimal(18, 2)) as amount_doc,
    cast(sum(amount_kzt) as decimal(18, 2)) as amount_kzt,
from parts
group by doc_id, ddc_item_id
