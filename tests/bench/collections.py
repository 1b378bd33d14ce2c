"""Collections as large as one likes, made of the real cases: sections of one kind from cases of one language.

A made case follows a real one (its lead) in kind, themes and tone, and borrows sections, sentences, measures, factors
and outcomes from others, mostly from cases that share a theme with it. Places, years, numbers and some words are
changed. The same seed gives the same cases, and a larger collection begins with the smaller one.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

from index.passages import MAX_WORDS
from kb.document import CaseDocument, FrontMatter, Section
from kb.headings import SECTIONS
from kb.settings import Settings
from kb.yaml_reader import Location, Span
from tests.bench.donors import Donor, Library, read_library
from tests.bench.fronts import Places, choose_period, make_factors, make_front
from tests.bench.pieces import Piece, Voice, join_pieces

ALWAYS = ("background", "measures", "results", "before-you-copy")
"""Nearly every real case has these."""
SECTION_COUNTS = (7, 8, 9, 9, 10, 11)
"""With the summary that makes ten passages on average, since a section is kept to one passage."""
BORROWED = 0.45
"""Share of sentences that come from a second case."""
ATTEMPTS = 12

Pieces = Sequence[Piece]


def make_collection(cases: int, seed: int, settings: Settings | None = None) -> Iterator[CaseDocument]:
    """Make case documents one by one; `text` is the Markdown, and parsing it gives the same document.

    Of `spans` only the summary's is there. No two passages of a collection are equal.
    """
    recombiner = _Recombiner(read_library(settings), seed)
    for number in range(cases):
        yield recombiner.make_case(number)


def write_collection(folder: Path, cases: int, seed: int) -> None:
    """Write a collection as files that `kb import` takes, ``cases/<id>.md``."""
    target = folder / "cases"
    target.mkdir(parents=True, exist_ok=True)
    for document in make_collection(cases, seed):
        (target / f"{document.front.id}.md").write_text(document.text, encoding="utf-8")


class _Recombiner:
    """Makes cases, and remembers a hash of every passage it made."""

    def __init__(self, library: Library, seed: int) -> None:
        self.library, self.seed = library, seed
        self.places = Places(library.reference.register)
        self._made: set[bytes] = set()

    def make_case(self, number: int) -> CaseDocument:
        random = Random(f"{self.seed}:{number}")
        position = random.randrange(len(self.library.donors))
        lead = self.library.donors[position]
        period, days = choose_period(random)
        own = self.places.choose(
            random, lead.front.language, days, 1 if random.random() < 0.75 else random.randint(2, 4)
        )
        others = self.places.choose(random, lead.front.language, days, 3)
        years = int(period["from"]) - lead.first_year
        voice = Voice(random, [name.split(" (")[0] for name in own], [name.split(" (")[0] for name in others], years)
        kinds = _choose_kinds(random, self.library, lead.front.language)
        lenders = {kind: _choose_lenders(random, self.library, position, kind) for kind in kinds}
        sections = {kind: made for kind in lenders if (made := self._section(voice, kind, *lenders[kind]))}
        summaries = [lender.summary for pair in lenders.values() for lender in pair]
        summary = self._unseen(voice, lead.summary, summaries[0], summaries)
        donors = list(dict.fromkeys([lead, *(lender for pair in lenders.values() for lender in pair)]))[:4]
        front = make_front(voice, donors, period, own)
        front |= {"id": f"{lead.front.id[:60].rstrip('-')}-{number:06d}", "summary": summary or str(front["title"])}
        front["factors"] = make_factors(random, donors, sections)
        return _render(front, sections)

    def _section(self, voice: Voice, kind: str, first: Donor, second: Donor) -> tuple[str, str] | None:
        """Give (heading, text), or None when nothing new can be made of the two."""
        heading, pieces = first.sections[kind]
        text = self._unseen(voice, pieces, second.sections[kind][1], self.library.stock[first.front.language, kind])
        return (heading, text) if text else None

    def _unseen(self, voice: Voice, pieces: Pieces, lent: Pieces, more: Sequence[Pieces]) -> str:
        """Make a text, with ever more of others in it, until it is unlike all made before; empty if it never is."""
        choice = voice.random.choice
        for attempt in range(ATTEMPTS):
            added = [choice(choice(more)) for _ in range(attempt + (voice.random.random() < 0.5))]
            text = _mix(voice, [*pieces, *added], lent)
            digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
            if text and digest not in self._made:
                self._made.add(digest)
                return text
        return ""


def _choose_kinds(random: Random, library: Library, language: str) -> list[str]:
    rest = [kind for kind in SECTIONS if kind not in ALWAYS and library.holders[language, kind]]
    chosen = {*ALWAYS, *random.sample(rest, min(len(rest), random.choice(SECTION_COUNTS) - len(ALWAYS)))}
    return [kind for kind in SECTIONS if kind in chosen]


def _choose_lenders(random: Random, library: Library, position: int, kind: str) -> tuple[Donor, Donor]:
    """Choose whose section it is, mostly the lead's own or a neighbour's, and who lends sentences to it."""
    lead, near = library.donors[position], library.lenders[position, kind]
    holders = library.holders[lead.front.language, kind]
    first = lead if kind in lead.sections and random.random() < 0.4 else random.choice(near)
    return first, random.choice(near if random.random() < 0.7 else holders)


def _mix(voice: Voice, pieces: Pieces, lent: Pieces) -> str:
    """Say the pieces, some of them replaced by lent ones of the same sort; at most one passage long."""
    random = voice.random
    pools = {is_item: [p for p in lent if p.is_item == is_item] for is_item in (False, True)}
    said: dict[Any, tuple[str, bool]] = {}
    words = 0
    for piece in pieces:
        pool = pools[piece.is_item]
        taken = random.choice(pool) if pool and random.random() < BORROWED else piece
        if taken.parts in said:
            continue
        text = voice.say(taken)
        # A list mark counts as a word where passages are cut.
        words += len(text.split()) + taken.is_item
        if words > MAX_WORDS:
            break
        said[taken.parts] = (text, taken.is_item)
    return join_pieces(list(said.values()))


def _render(front: dict[str, Any], sections: dict[str, tuple[str, str]]) -> CaseDocument:
    """Write the document and note where its parts stand. JSON is YAML too, and is written fast."""
    lines = ["---"]
    for key in ("id", "title", "language"):
        lines.append(f"{key}: {json.dumps(front[key], ensure_ascii=False)}")
    head = "\n".join(lines) + "\nsummary: "
    summary = f">-\n  {front['summary']}\n"
    rest = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
        for key, value in front.items()
        if key not in ("id", "title", "language", "summary") and (value or key == "municipalities")
    ]
    spans: dict[Location, Span] = {("summary",): Span(len(lines), len(head), len(head) + len(summary))}
    text = head + summary + "".join(rest) + "---\n"
    body_start, at, line = len(text), len(text), text.count("\n") + 1
    body, found = [], []
    for kind, (heading, told) in sections.items():
        opening = f"## {heading}\n"
        found.append(Section(kind, heading, line, at + len(opening), at + len(opening) + len(told)))
        body.append(f"{opening}{told}\n\n")
        at, line = at + len(body[-1]), line + body[-1].count("\n")
    text = (text + "".join(body))[:-1]
    return CaseDocument(text, FrontMatter(**front), tuple(found), body_start, spans)
