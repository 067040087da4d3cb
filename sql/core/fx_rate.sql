-- Exchange rates of the National Bank: a rate holds from its day until the next one.
--
-- kind:     table
-- grain:    currency, rate_date
-- source:   1C InformationRegister_КурсыВалют
-- units:    rate is KZT for `mult` units of the currency
-- label.ru: Курсы валют
-- label.kk: Валюта бағамдары
-- label.en: Exchange rates
-- synonyms: курс, курс доллара, курс НБК, валюта, бағам, доллар бағамы, exchange rate, fx
--
-- currency   ISO letter code
-- rate_date  from this day
-- rate       KZT for `mult` units
-- mult       units that the rate is for: 1, 10, 100 or 1000
select
    c.currency,
    r.rate_date,
    r.rate,
    r.mult,
from staging.stg_onec__fx_rate as r
join staging.stg_onec__currency as c on c.src_base = r.src_base and c.src_ref = r.currency_ref
where c.currency <> 'KZT'
-- two bases bring the same rate twice
qualify row_number() over (partition by c.currency, r.rate_date order by r.src_base, r.src_ref) = 1
