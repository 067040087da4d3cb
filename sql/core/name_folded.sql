-- A name in the words that tell it apart, as they sound: without legal forms, Latin letters as Cyrillic ones, letters that people mix up
-- as one, doubled letters once. The order of words stays; name_norm() is the same with the words sorted.
--
-- kind:     scalar(name varchar)
-- grain:    one value
-- source:   any name of a company or a person
-- units:    lower-case Cyrillic words, one space between
-- label.ru: Название по звучанию
-- label.kk: Айтылуы бойынша атау
-- label.en: Name as it sounds
-- synonyms: название без правовой формы, name without legal form
list_transform(
    [string_split(
        translate(
            translate(
                -- Latin by longest match, then letters that people mix up. analyst/fold.py makes the same of the words of a question.
                replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                    trim(regexp_replace(list_transform(
                        [regexp_replace(
                            -- twice: the words between two forms belong to one match only
                            regexp_replace(
                                ' ' || name_plain(name) || ' ',
                                ' (товарищество с ограниченн?ой ответственн?остью|общество с ограниченн?ой ответственн?остью|'
                                || 'жауапкершилиги шектеули сериктести(к|ги)|'
                                || 'индивидуальный предприниматель|частный предприниматель|жеке касипкер|'
                                || '(некоммерческое |открытое |закрытое |публичное )?акционерное общество|'
                                || '(коммерциялык емес )?акционерлик когам[ыи]?|'
                                || '(крестьянское|фермерское|крестьянское фермерское) хозяйство|шаруа кожалыг?ы|шаруа кожалык|'
                                || '(государственное|коммунальное|республиканское) государственное (казенное )?предприятие|'
                                || 'государственное (коммунальное |казенное )?(предприятие|учреждение)|'
                                || '(коммунальное|республиканское) государственное учреждение|(коммуналдик )?мемлекеттик мекемеси?|частное лицо|'
                                || 'limited liability (partnership|company)|joint stock company|individual entrepreneur|sole proprietor|'
                                || 'tovarish?ch?estvo s ogranichenn?o[iyj] otvetstvenn?ost(i?u|yu|ju|iyu)|т о о|о о о|t o o|l l p|ж ш с) ',
                                '  ', 'g'
                            ),
                            -- «И. П.» and «А. О.» are forms in front and initials behind
                            '^ *(а о|и п|ж к|i p|a o) ', ' '
                        )],
                        lambda said: coalesce(
                            nullif(trim(
                                -- each word between spaces of its own
                                regexp_replace(
                                    replace(said, ' ', '  '),
                                    ' (тоо|too|жшс|zhshs|llp|llc|ltd|inc|ооо|ooo|ип|ip|жк|zhk|ао|ao|'
                                    || 'ак|ak|jsc|оао|зао|пао|нао|nao|кеак|кх|kh|шк|гкп|ргп|чл|нк|'
                                    || 'nk|ук|чп|фх|gkp|rgp|мкк|гу|кгу|ргу|кмм|gu|kgu) ',
                                    ' ', 'g'
                                )
                            ), ''),
                            said
                        )
                    )[1], ' +', ' ', 'g')),
                    'shch', 'щ'), 'sch', 'щ'), 'zh', 'ж'), 'kh', 'х'), 'tch', 'ч'), 'ts', 'ц'), 'tz', 'ц'), 'ch', 'ч'), 'sh', 'ш'),
                    'ph', 'ф'), 'th', 'т'), 'ck', 'к'), 'yu', 'ю'), 'ya', 'я'), 'yo', 'е'), 'ye', 'е'), 'ia', 'ия'), 'iy', 'ий'),
                    'ce', 'це'), 'ci', 'ци'), 'cy', 'ци'), 'x', 'кс'),
                'abcdefghijklmnopqrstuvwyz', 'абкдефгхижклмнопкрстуввиз'
            ),
            'ыйэщёьъ', 'ииеше'
        ),
        ''
    )],
    lambda letters: array_to_string(list_filter(letters, lambda c, i: i = 1 or c <> letters[i - 1] or c between '0' and '9'), '')
)[1]
