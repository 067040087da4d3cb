-- Electronic invoices held against sales and purchases of 1C over a period, by own entity and direction: how many tie, what is missing, late or different.
--
-- id:        esf_reconciliation
-- version:   2
-- changed_on: 2026-11-21
-- owner:     chief accountant
-- title.ru:  Сверка ЭСФ с 1С
-- title.kk:  ЭШФ-ті 1С-пен салыстыру
-- title.en:  ESF against 1C
-- synonyms:  сверка ЭСФ, все ли ЭСФ выписаны, по каким отгрузкам нет ЭСФ, не выписан ЭСФ, просроченные ЭСФ, ЭСФ и реализация, электронные счета-фактуры,
--     ЭШФ салыстыру, ЭШФ жазылмаған, электрондық шот-фактура, ESF reconciliation, missing ESF, late ESF, e-invoices against books
-- unit:      KZT and turnovers
-- basis:     ЭСФ exports and posted documents of 1C less their returns, turnovers that the exports cover
-- shape:     table
-- grain:     org, direction
-- params:    period period, direction choice(out|in)?, org org?
-- formula:   esf_rec by own entity and direction, by the day of the turnover; each turnover has one outcome; problems = all but ok and pending
-- needs:     esf, onec
-- tests:     tests/test_oracle_planted.py::test_electronic_invoices_are_as_they_were_planted,
--     tests/sql/test_metrics_agree.py::test_problems_of_electronic_invoices_are_all_listed
--
-- org                  own entity
-- direction            out: issued to customers; in: received from suppliers
-- turnovers            documents and invoices without one, paired ones counted once
-- ok                   tie, and were issued in time
-- problems             do not: the sum of the next six
-- missing_esf          no invoice, though the term has passed
-- missing_1c           no document in 1C
-- sum_diff             totals differ
-- vat_diff             totals tie, VAT differs
-- cancelled_but_posted withdrawn or declined, and posted in 1C
-- late                 issued after the term
-- pending              not yet issued or corrected, and the term runs
-- book_kzt             documents less returns, with VAT
-- esf_kzt              invoices that count, with VAT
-- difference_kzt       esf_kzt - book_kzt
-- all_turnovers        turnovers of all rows
-- all_problems         problems of all rows
-- missing_esf_kzt      documents without an invoice whose term has passed, all rows
-- reason               for an empty list: not_covered, no export holds a turnover of the period
with
grouped as (
    select
        o.name as org, r.org_id, r.direction,
        count(*) as turnovers,
        count(*) filter (r.outcome = 'ok') as ok,
        count(*) filter (r.outcome not in ('ok', 'pending')) as problems,
        count(*) filter (r.outcome = 'missing_esf') as missing_esf,
        count(*) filter (r.outcome = 'missing_1c') as missing_1c,
        count(*) filter (r.outcome = 'sum_diff') as sum_diff,
        count(*) filter (r.outcome = 'vat_diff') as vat_diff,
        count(*) filter (r.outcome = 'cancelled_but_posted') as cancelled_but_posted,
        count(*) filter (r.outcome = 'late') as late,
        count(*) filter (r.outcome = 'pending') as pending,
        sum(r.book_kzt) as book_kzt,
        sum(r.esf_kzt) as esf_kzt,
        coalesce(sum(r.book_kzt) filter (r.outcome = 'missing_esf'), 0) as missing_kzt,
    from esf_rec r
    join org o using (org_id)
    where r.turnover_date between $period_from and $period_to and ($direction is null or r.direction = $direction)
    group by all
)
select
    g.org, g.direction, g.turnovers, g.ok, g.problems, g.missing_esf, g.missing_1c, g.sum_diff, g.vat_diff, g.cancelled_but_posted, g.late, g.pending,
    cast(g.book_kzt as decimal(18, 2)) as book_kzt,
    cast(g.esf_kzt as decimal(18, 2)) as esf_kzt,
    cast(g.esf_kzt - g.book_kzt as decimal(18, 2)) as difference_kzt,
    cast(sum(g.turnovers) over () as bigint) as all_turnovers,
    cast(sum(g.problems) over () as bigint) as all_problems,
    cast(sum(g.missing_kzt) over () as decimal(18, 2)) as missing_esf_kzt,
    case when g.org_id is null then 'not_covered' end as reason,
from (select 1) one
left join grouped g on true
order by g.org, g.org_id, g.direction desc
