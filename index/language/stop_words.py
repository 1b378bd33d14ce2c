"""Function words of the five languages, which say nothing of a subject."""

from index.language.analysis import Word, fold_word, read_words

_WORDS = {
    "nb": """
        og i jeg det at en et den til er som på de med han av ikke der så var meg seg men ett har om vi min mitt
        ha hadde hun nå over da ved fra du ut sin dem oss opp man kan hans hvor eller hva skal selv sjøl her
        alle vil bli ble blitt kunne inn når være kom noen noe ville dere deres kun ja etter ned skulle denne
        for deg si sine sitt mot å meget hvorfor dette disse uten hvordan ingen din ditt blir samme hvilken
        hvilke mellom vår hver hvem hvis både bare enn fordi før mange også slik vært begge siden
    """,
    "nn": """
        og i eg det at ein ei eit den til er som på dei med han av ikkje der så var meg seg men har om vi min
        mitt ho hennar no over då ved frå du ut sin oss opp kan kvar eller kva skal sjølv her alle vil inn når
        vere vore blei vart me dykk deira korleis kven kvifor noko nokon for mot å utan mellom både berre etter
        også
    """,
    "sv": """
        och i jag det att en ett den till är som på de med han av inte där så var mig sig men har om vi min mitt
        hon nu över då vid från du ut sin dem oss upp man kan hans eller vad ska skall själv här alla vill bli
        blev blir hade kunde in när vara någon något ville ni er efter ned denna för dig sitt sina mot utan hur
        vem varför mellan både bara än före också under
    """,
    "da": """
        og i jeg det at en et den til er som på de med han af ikke der så var mig sig men har om vi min mit hun
        nu over da ved fra du ud sin dem os op man kan hans hvor eller hvad skal selv her alle vil blive blev
        bliver havde kunne ind når være nogen noget ville efter ned denne for dig mod uden hvordan hvem hvorfor
        hvornår mellem både bare før
    """,
    "en": """
        the a an of and or to in on with is are was were be been it this that how what why who when where which
        do does did could should would has have had not from by as we our you your they their i for at
    """,
}

STOP_WORDS = frozenset(word for words in _WORDS.values() for word in words.split())
"""Of any language, in lower case as they are written."""
FOLDED_STOP_WORDS = frozenset(map(fold_word, STOP_WORDS))
"""The same, as `index.language.analysis` folds words."""
_FOLDED_OF = {language: frozenset(map(fold_word, words.split())) for language, words in _WORDS.items()}


def read_content_words(text: str) -> list[Word]:
    """List the words of a text in their order, function words of any language left out."""
    return [word for word in read_words(text) if word.folded not in FOLDED_STOP_WORDS]


def is_stop_word(folded: str, language: str) -> bool:
    """Tell whether a folded word is a function word of a language."""
    return folded in _FOLDED_OF[language]
