-- Deals open on a date by pipeline and stage, with what they may bring. A deal that has moved since stands in a row without a stage.
--
-- id:        pipeline
-- version:   1
-- changed_on: 2026-11-20
-- owner:     head of sales
-- title.ru:  Воронка продаж
-- title.kk:  Сату воронкасы
-- title.en:  Sales pipeline
-- synonyms:  воронка, сделки в работе, сумма сделок по этапам, мәмілелер воронкасы, pipeline, funnel
-- unit:      KZT
-- basis:     CRM; the rate of the National Bank on as_of
-- shape:     table
-- grain:     pipeline, stage
-- params:    as_of date
-- formula:   pipeline(as_of) by pipeline and stage; weighted = amount × probability
-- needs:     bitrix, onec
-- tests:     tests/sql/test_metrics_deals_and_stock.py::test_the_pipeline_is_that_of_the_day_at_its_rate
--
-- pipeline           pipeline
-- stage              stage; empty where the mirror cannot tell it for this day
-- deals              how many
-- amount_kzt         what they are worth
-- weighted_kzt       amount by probability; empty where the stage is not known
-- unweighted         deals without a probability or a rate, not in weighted_kzt
-- without_rate       deals in a currency without a rate, not in the sums
-- total_kzt          worth of all rows
-- total_weighted_kzt weighted worth of all rows that have one
select
    pipeline, stage,
    count(*) as deals,
    cast(coalesce(sum(amount_kzt), 0) as decimal(18, 2)) as amount_kzt,
    cast(sum(weighted_kzt) as decimal(18, 2)) as weighted_kzt,
    count(*) filter (where weighted_kzt is null) as unweighted,
    count(*) filter (where amount_kzt is null) as without_rate,
    cast(sum(coalesce(sum(amount_kzt), 0)) over () as decimal(18, 2)) as total_kzt,
    cast(sum(sum(weighted_kzt)) over () as decimal(18, 2)) as total_weighted_kzt,
from pipeline($as_of)
group by pipeline, stage
order by pipeline, amount_kzt desc, stage
