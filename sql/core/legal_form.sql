-- The legal form that a name holds, in one code for every language: too (ТОО, ЖШС, LLP), ooo (ООО, LLC), ao (АО, АҚ, JSC and their kinds),
-- ip (ИП, ЖК), farm (КХ, ШҚ), state (ГКП, РГП, ГУ). Null when it holds none.
--
-- kind:     scalar(name varchar)
-- grain:    one value
-- source:   any name of a company or a person
-- units:    none
-- label.ru: Правовая форма
-- label.kk: Құқықтық нысан
-- label.en: Legal form
-- synonyms: ТОО или ИП, организационно-правовая форма, құқықтық нысан, legal form
list_transform(
    [' ' || name_plain(name) || ' '],
    lambda said: case
        when regexp_matches(
            said,
            ' (тоо|too|жшс|zhshs|llp|т о о|t o o|l l p|ж ш с|limited liability partnership|товарищество с ограниченн?ой|'
            || 'жауапкершилиги шектеули|tovarish?ch?estvo s ogranichenn?o[iyj]) '
        ) then 'too'
        when regexp_matches(said, ' (ооо|ooo|llc|о о о|limited liability company|общество с ограниченн?ой) ') then 'ooo'
        when regexp_matches(
            said,
            ' (ао|ao|ак|ak|jsc|оао|зао|пао|нао|nao|кеак|акционерное общество|акционерлик когам[ыи]?|joint stock company) |^ (а о|a o) '
        ) then 'ao'
        when regexp_matches(said, ' (кх|kh|шк|фх|крестьянское хозяйство|фермерское хозяйство|шаруа кожалыг?[ыи]|шаруа кожалык) ') then 'farm'
        when regexp_matches(
            said,
            ' (ип|ip|жк|zhk|чп|индивидуальный предприниматель|частный предприниматель|жеке касипкер|individual entrepreneur|sole proprietor) |'
            || '^ (и п|i p|ж к) '
        ) then 'ip'
        when regexp_matches(
            said,
            ' (гкп|ргп|гу|кгу|ргу|кмм|gkp|rgp|gu|kgu|государственное (коммунальное |казенное )?(предприятие|учреждение)|мемлекеттик мекемеси?) '
        ) then 'state'
    end
)[1]
