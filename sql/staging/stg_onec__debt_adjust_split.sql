-- Sides of debt adjustments.
--
-- kind:   view
-- grain:  src_base, src_ref, line_no
-- source: raw.onec_debt_adjust_split
-- units:  money DECIMAL(18,2)
--
-- src_base      which base
-- src_ref       key of the adjustment
-- line_no       row of the section
-- contract_ref  contract
-- target_ref    document whose debt changes
-- target_type   its set
-- debt_kind     Дебиторская or Кредиторская
-- sum_doc       amount in the document's currency
-- sum_settled   amount in the contract's currency
select
    src_base,
    src_ref,
    cast(LineNumber as integer) as line_no,
    nullif(nullif(lower(ДоговорКонтрагента_Key), '00000000-0000-0000-0000-000000000000'), '') as contract_ref,
    nullif(nullif(lower(Сделка), '00000000-0000-0000-0000-000000000000'), '') as target_ref,
    nullif(replace(Сделка_Type, 'StandardODATA.', ''), '') as target_type,
    nullif(trim(ВидЗадолженности), '') as debt_kind,
    cast(Сумма as decimal(18, 2)) as sum_doc,
    cast(СуммаВзаиморасчетов as decimal(18, 2)) as sum_settled,
from raw.onec_debt_adjust_split
