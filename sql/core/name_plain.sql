-- A name in plain words: lower case, one alphabet in each word, no quotes and signs, Kazakh letters as the Russian ones that they look or
-- sound like. Legal forms and the order of words stay.
--
-- kind:     scalar(name varchar)
-- grain:    one value
-- source:   any name of a company, a person or goods
-- units:    lower-case words, one space between
-- label.ru: Название простыми словами
-- label.kk: Қарапайым сөздермен атау
-- label.en: Name in plain words
-- synonyms: название без кавычек, plain name
array_to_string(
    list_transform(
        string_split(trim(regexp_replace(
            replace(replace(replace(
                -- apostrophes of every kind have no counterpart: they go. analyst/fold.py has the same.
                translate(
                    lower(nfc_normalize(name)),
                    'әəғґқңөɵұүһіїıєё№äáàâãåāéèêëěēėęğģíìîïīñńňņóòôõöōőúùûüūůűýÿťţțřŕłľĺďđşșçźżś''`’‘ʼʹʺ´',
                    'ааггкнооуухиииее aaaaaaaeeeeeeeeggiiiiinnnnooooooouuuuuuuyytttrrlllddšščžzs'
                ),
                'š', 'sh'), 'č', 'ch'), 'ž', 'zh'),
            -- All but letters and digits. Ranges of blocks, because \p{L} and \p{N} cost milliseconds wherever a statement is planned.
            '[^0-9a-zA-Z\x{AA}\x{B2}\x{B3}\x{B5}\x{B9}\x{BA}\x{BC}-\x{BE}\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{2C1}\x{370}-\x{373}\x{376}-\x{37D}'
            || '\x{37F}-\x{383}\x{386}\x{388}-\x{481}\x{48A}-\x{559}\x{560}-\x{588}\x{5D0}-\x{5F2}\x{620}-\x{64A}\x{660}-\x{669}\x{671}-\x{6D3}'
            || '\x{904}-\x{1FBC}\x{2070}-\x{2079}\x{207F}-\x{2089}\x{2150}-\x{218B}\x{2460}-\x{249B}\x{2C00}-\x{2DDF}\x{3041}-\x{D7A3}'
            || '\x{F900}-\x{FAFF}\x{FF10}-\x{FF19}\x{FF21}-\x{FF3A}\x{FF41}-\x{FF5A}]+',
            ' ', 'g'
        )), ' '),
        lambda w: case
            when not regexp_matches(w, '[a-z]') then w
            -- a grade or a size, А500С, means the same in either alphabet
            when regexp_matches(w, '[0-9]') and not regexp_matches(w, '[dfgjlnqrsuvwz]') then translate(w, 'abcehikmoptxy', 'авсеникмортху')
            when not regexp_matches(w, '[а-я]') then w
            -- a word in two scripts was typed with look-alikes: the script with letters of its own wins, else Cyrillic
            when not regexp_matches(w, '[dfgjlnqrsuvwz]') then translate(w, 'abcehikmoptxy', 'авсеникмортху')
            else translate(w, 'авсеикмнорстху', 'abceikmhopctxy')
        end
    ),
    ' '
)
