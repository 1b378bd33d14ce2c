"""The sections of a case and the headings that people give them, in five languages."""

import re
from difflib import get_close_matches

SECTIONS: dict[str, tuple[str, ...]] = {
    "background": (
        "bakgrunn", "behov", "utfordring", "utfordringen", "utfordringer", "problemet", "hvorfor",
        "bakgrunn og behov", "bakgrunn for prosjektet", "situasjonen",
        "utfordringar", "kvifor", "bakgrunn og behov for endring",
        "bakgrund", "utmaning", "utmaningar", "varför", "bakgrund och behov",
        "baggrund", "udfordring", "udfordringer", "hvorfor gjorde vi det",
        "background", "need", "challenge", "the challenge", "why",
    ),
    "purpose": (
        "hensikt", "formål", "hensikten", "formålet", "føremål", "føremålet", "hensikt og mål", "syfte", "syftet",
        "ändamål", "formålet med projektet", "hensigt", "purpose", "aim", "aims",
    ),
    "goals": (
        "mål", "målet", "måla", "målene", "målsetting", "målsettinger", "delmål", "hovedmål", "målsetjing", "målen",
        "målsättning", "målsætning", "goals", "goal", "objectives", "targets",
    ),
    "measures": (
        "tiltak", "tiltaket", "tiltakene", "tiltaka", "slik gjorde vi det", "hva ble gjort", "gjennomføring",
        "dette gjorde vi", "hva gjorde de", "slik gjorde de det", "slik gjorde kommunen det", "det de gjorde",
        "slik gjorde dei det", "kva vart gjort", "kva dei gjorde", "gjennomføringa", "åtgärder", "åtgärd", "insatser",
        "så gjorde vi", "så gjorde de", "genomförande", "tiltag", "indsats", "sådan gjorde vi", "gennemførelse",
        "measures", "what we did", "what was done", "implementation",
    ),
    "anchoring": (
        "forankring", "organisering", "forankring og organisering", "organisering og forankring",
        "prosjektorganisering", "hvem var med", "kven var med", "förankring", "organisation",
        "förankring och organisation", "forankring og organisation", "organisering og ledelse", "anchoring",
        "anchoring and organisation", "organization", "anchoring and organization", "organisation and anchoring",
    ),
    "success-factors": (
        "suksessfaktorer", "suksessfaktorar", "hva fremmet", "kva fremja", "hva hjalp", "kva hjelpte",
        "hva bidro til at det lyktes", "suksesskriterier", "suksesskriterium", "framgångsfaktorer", "vad främjade",
        "vad hjälpte", "succesfaktorer", "hvad fremmede", "hvad hjalp", "success factors", "what helped",
        "what promoted",
    ),
    "obstacles": (
        "hindringer", "hindringar", "hva hemmet", "kva hemma", "hindre", "barrierer", "utfordringer underveis",
        "fallgruver", "hva hindret", "kva hindra", "hinder", "vad hindrade", "svårigheter", "fallgropar",
        "forhindringer", "hvad hæmmede", "barriers", "obstacles", "what hindered", "difficulties",
    ),
    "results": (
        "resultater", "resultat", "resultatet", "resultata", "hva ble oppnådd", "kva vart oppnådd", "effekter",
        "effekt", "virkninger", "hva kom ut av det", "kva kom ut av det", "uppnådda resultat", "effekter och resultat",
        "vad blev resultatet", "hvad blev opnået", "resultaterne", "results", "outcomes", "effects",
        "what was achieved",
    ),
    "learning": (
        "læring", "lærdom", "erfaringer", "erfaringar", "hva ville vi gjort annerledes", "kva ville vi gjort annleis",
        "lærdommer", "lærdomar", "lærdommar", "hva lærte de", "hva lærte vi", "kva lærte dei", "lärdomar", "lärande",
        "erfarenheter", "vad skulle vi göra annorlunda", "hvad har vi lært", "hvad ville vi gøre anderledes",
        "learning", "lessons", "lessons learned", "what we would do differently",
    ),
    "continuation": (
        "videreføring", "drift", "spredning", "vidareføring", "spreiing", "videreføring og spredning",
        "vidareføring og spreiing", "videre drift", "vegen vidare", "veien videre", "fortsättning", "spridning",
        "fortsättning och spridning", "vidareutveckling", "videreførelse", "udbredelse", "continuation",
        "continuation and spread", "spread", "what happened next",
    ),
    "before-you-copy": (
        "før du kopierer", "før dere kopierer", "før de kopierer", "før du hermer", "før du tek etter",
        "før de tek dette i bruk", "før dere tar dette i bruk", "overføring til andre", "overføringsverdi",
        "innan du kopierar", "innan ni kopierar", "före kopiering", "att tänka på före kopiering",
        "før du kopierer dette", "før i kopierer", "before you copy", "transferability",
    ),
}
"""Kind of section → the headings that mean it, in lower case. The order is that of the case page."""

_KIND_OF = {heading: kind for kind, headings in SECTIONS.items() for heading in headings}
_NUMBERING = re.compile(r"^\s*[\d.)]+\s*")


def _simplify(heading: str) -> str:
    return " ".join(_NUMBERING.sub("", heading).strip(" :.?!–-").casefold().split())


def find_section_kind(heading: str) -> str | None:
    """Find what kind of section a heading opens; upper case, numbering and end marks do not matter."""
    return _KIND_OF.get(_simplify(heading))


def suggest_heading(heading: str) -> str:
    """Word a suggestion for a heading that is not known."""
    near = get_close_matches(_simplify(heading), list(_KIND_OF), n=1, cutoff=0.75)
    return f"did you mean {near[0].capitalize()}?" if near else "use one of the known headings where one fits"
