"""What may be searched: a query as typed becomes a query that can be embedded, or an InvalidQuery that says why not."""

import unicodedata

from kb.errors import InvalidQuery

MAX_CHARACTERS = 10_000
"""Enough for several pages of pasted plan text."""

STOP_WORDS = frozenset(
    # Norwegian (both forms), Swedish, Danish, English: function words that say nothing of a subject.
    """
    og i jeg det at en et den til er som på de med han av ikke ikkje der så var meg seg men ett har om vi min mitt ha
    hadde hun nå over da ved fra du ut sin dem oss opp man kan hans hvor eller hva skal selv sjøl her alle vil bli ble
    blitt kunne inn når være kom noen noe ville dere deres kun ja etter ned skulle denne for deg si sine sitt mot å
    meget hvorfor dette disse uten hvordan ingen din ditt blir samme hvilken hvilke mellom vår hver hvem hvis både bare
    enn fordi før mange også slik vært begge siden
    eg me dykk deira ho hennar korleis kva kven kvifor kvar noko nokon vere vore blei vart frå ein eit dei då
    och att jag hon inte än är vara vad hur när till från ni sig sitt sina ska skall blir blev hade utan vid under
    af hvad hvornår dig sig efter
    the a an of and or to in on with is are was were be been it this that how what why who when where which do does
    did could should would has have had not from by as we our you your they their i
    """.split()
)


def clean_query(text: str) -> str:
    """Give the query with Unicode composed, control characters and runs of spaces turned into one space.

    Raises InvalidQuery when it is empty, too long, without letters or digits, or of stop words only.
    """
    if len(text) > MAX_CHARACTERS:
        raise InvalidQuery("too-long", MAX_CHARACTERS)
    composed = unicodedata.normalize("NFC", text)
    query = " ".join("".join(map(_visible, composed)).split())
    if not query:
        raise InvalidQuery("empty")
    words = list_words(query)
    if not words:
        raise InvalidQuery("no-words")
    if all(word in STOP_WORDS for word in words):
        raise InvalidQuery("stop-words")
    return query


def list_words(text: str) -> list[str]:
    """List the runs of letters and digits of a text, folded to lower case."""
    spaced = "".join(char if char.isalnum() else " " for char in text.casefold())
    return spaced.split()


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    # Soft hyphens and joiners stand inside words; other control characters stand between them.
    return "" if category == "Cf" else " " if category.startswith("C") else char
