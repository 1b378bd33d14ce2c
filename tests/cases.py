"""Case documents for tests: a right one, and ways to make it wrong."""

from pathlib import Path

BODY = """## Bakgrunn

Fraværet var høyt, og lederne ville prøve noe nytt.

## Resultater

Vedtatt av kommunestyret etter et halvt år, og de ansatte er tryggere.
"""

KEYS = {
    "id": "prove-noe-nytt",
    "title": "Larvik prøvde noe nytt",
    "language": "nb",
    "summary": "Larvik prøvde noe nytt for å få ned fraværet.",
    "municipalities": "[Larvik]",
    "period": "{from: 2007, to: 2010}",
    "sector": "[pleie-og-omsorg]",
    "themes": "[sykefravaer]",
    "measures": "[{measure: refleksjonsgrupper, text: Samtaler hver uke}]",
    "factors": "[{factor: politisk-forankring, polarity: promoted, quote: vedtatt av kommunestyret}]",
    "outcomes": "[{text: Tryggere ansatte, kind: staff, direction: better, evidence: claim, said_by: [staff]}]",
    "sources": "[{document: fafo-2013, locator: kap. 6, lines: 1582-1594}]",
}


def case_text(body: str = BODY, **changes: str | None) -> str:
    """A document; keyword arguments replace the value of a key, None leaves the key out."""
    keys = {**KEYS, "factors": KEYS["factors"].replace("vedtatt", "Vedtatt"), **changes}
    lines = [f"{key}: {value}" for key, value in keys.items() if value is not None]
    return "\n".join(["---", *lines, "---", ""]) + body


def line_of(text: str, start: str) -> int:
    """The 1-based number of the line that starts so."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith(start))


def write_case(folder: Path, case_id: str, **changes: str | None) -> Path:
    """Write a document with that id as a file of the right name."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{case_id}.md"
    path.write_text(case_text(id=case_id, **changes), encoding="utf-8")
    return path
