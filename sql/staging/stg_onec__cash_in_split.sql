-- What a cash_in payment says that it pays.
--
-- kind:   view
-- grain:  src_base, src_ref, line_no
-- source: raw.onec_cash_in_split
-- units:  money DECIMAL(18,2)
--
-- src_base      which base
-- src_ref       key of the payment
-- line_no       row of the section
-- contract_ref  contract
-- target_ref    document that is paid
-- target_type   its set
-- invoice_ref   customer invoice that is paid
-- sum_doc       amount in the payment's currency
-- sum_settled   amount in the contract's currency
-- rate          KZT for `mult` units
-- mult          units that the rate is for
-- ddc_ref       cash flow item
select
    src_base,
    src_ref,
    cast(LineNumber as integer) as line_no,
    nullif(nullif(lower(ДоговорКонтрагента_Key), '00000000-0000-0000-0000-000000000000'), '') as contract_ref,
    nullif(nullif(lower(Сделка), '00000000-0000-0000-0000-000000000000'), '') as target_ref,
    nullif(replace(Сделка_Type, 'StandardODATA.', ''), '') as target_type,
    nullif(nullif(lower(СчетНаОплату_Key), '00000000-0000-0000-0000-000000000000'), '') as invoice_ref,
    cast(СуммаПлатежа as decimal(18, 2)) as sum_doc,
    cast(СуммаВзаиморасчетов as decimal(18, 2)) as sum_settled,
    cast(nullif(КурсВзаиморасчетов, 0) as decimal(18, 4)) as rate,
    nullif(КратностьВзаиморасчетов, 0) as mult,
    nullif(nullif(lower(СтатьяДвиженияДенежныхСредств_Key), '00000000-0000-0000-0000-000000000000'), '') as ddc_ref,
from raw.onec_cash_in_split
