"""What a case document holds: the keys of its front matter, and its sections.

The keys and their meaning are those of format 1, described for writers in ``content/README.md``. Every field has
a default, so that a document with faults can still be looked at; which keys must be there is `REQUIRED`.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from kb.yaml_reader import Location, Span

FORMAT = 1

Language = Literal["nb", "nn", "sv", "da", "en", "se"]
Polarity = Literal["promoted", "hindered", "missing"]
Direction = Literal["better", "worse", "mixed", "unchanged", "unknown"]
EvidenceLevel = Literal["claim", "self-report", "measured", "compared", "evaluated"]
Speaker = Literal["project-leader", "steering-group", "staff", "users", "relatives", "evaluator", "register"]

_DATE = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-\d\d)?)?")
_LINES = re.compile(r"\d+(-\d+)?(, ?\d+(-\d+)?)*")


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _as_date(value: Any) -> str:
    text = str(value)
    try:
        if not _DATE.fullmatch(text):
            raise ValueError
        date.fromisoformat(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    except ValueError:
        raise PydanticCustomError("invalid-date", "not a date", {"value": text}) from None
    return text


def _as_lines(value: Any) -> str:
    text = str(value)
    if not _LINES.fullmatch(text):
        raise PydanticCustomError("invalid-lines", "not lines", {"value": text})
    return text


def _as_measurement(value: Any) -> Any:
    return value if isinstance(value, dict) else {"value": value}


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


Text = Annotated[str, BeforeValidator(_as_text), StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, BeforeValidator(_as_text), StringConstraints(pattern=r"^[a-z0-9-]{3,80}$")]
TermId = Annotated[str, BeforeValidator(_as_text), StringConstraints(min_length=1)]
"""Id of a term; whether the vocabulary has it is a matter for `kb.checks`."""
PartialDate = Annotated[str, BeforeValidator(_as_date)]
"""``2007``, ``2007-03`` or ``2007-03-15``."""
Lines = Annotated[str, BeforeValidator(_as_lines)]
"""``120``, ``120-134`` or ``120-134, 150``: 1-based lines of a source's text."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Period(_Part):
    """When the case took place; an empty `to` means that it is not known to have ended."""

    start: PartialDate | None = Field(default=None, alias="from")
    to: PartialDate | None = None

    model_config = ConfigDict(frozen=True, validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)


class MeasureTaken(_Part):
    """One thing that was done."""

    measure: TermId
    text: Text | None = None


class Measurement(_Part):
    """A value and when it was so."""

    value: float | int | str | None = None
    date: PartialDate | None = None


class Goal(_Part):
    """What was to be reached; verifiable when it has indicator, baseline and target."""

    text: Text
    indicator: Text | None = None
    unit: Text | None = None
    baseline: Annotated[Measurement, BeforeValidator(_as_measurement)] | None = None
    target: Annotated[Measurement, BeforeValidator(_as_measurement)] | None = None
    result: Annotated[Measurement, BeforeValidator(_as_measurement)] | None = None
    attainment: Literal["met", "partly", "not", "unknown"] = "unknown"

    @property
    def missing_to_verify(self) -> list[str]:
        """Name the parts that must be there before anyone can say whether the goal was reached."""
        return [name for name in ("indicator", "baseline", "target") if getattr(self, name) is None]


class FactorClaim(_Part):
    """What the case says helped or hindered; `quote` stands word for word in the body."""

    factor: TermId
    polarity: Polarity
    quote: Text | None = None


class Outcome(_Part):
    """What came of it, and how anyone knows."""

    text: Text
    kind: Literal["users", "staff", "organisation", "economy", "learning"]
    direction: Direction
    evidence: EvidenceLevel
    said_by: Annotated[list[Speaker], BeforeValidator(_as_list)] = []
    scope: Literal["unit", "service", "municipality", "network"] | None = None
    indicator: Text | None = None
    before: Annotated[Measurement, BeforeValidator(_as_measurement)] | None = None
    after: Annotated[Measurement, BeforeValidator(_as_measurement)] | None = None
    unit: Text | None = None


class Status(_Part):
    """Whether it still runs, as known on a date."""

    state: Literal["planned", "running", "ended", "continued", "unknown"]
    as_of: PartialDate | None = None
    reason: Text | None = None


class Resources(_Part):
    """What it took."""

    positions: Text | None = None
    funding: Text | None = None
    cost_nok: int | float | None = None


class Contact(_Part):
    """Whom to ask; the role comes first, since people change."""

    role: Text
    name: Text | None = None
    email: Text | None = None
    visibility: Literal["public", "members", "secretariat"] = "secretariat"


class SourceReference(_Part):
    """Where a claim can be traced."""

    document: TermId
    locator: Text | None = None
    lines: Lines | None = None


class Relation(_Part):
    """How the case is tied to another."""

    case: TermId
    relation: Literal["part-of", "grew-from", "continued-as", "adapted-from"]


class FrontMatter(_Part):
    """The keys of a case document; `examples` show what a writer might put."""

    id: Slug = Field(default="", examples=["etisk-refleksjon-larvik"])
    title: Annotated[Text, StringConstraints(max_length=160)] = Field(default="", examples=["Råd for etisk refleksjon"])
    language: Language = Field(default="nb", examples=["nb"])
    summary: Text = Field(default="", examples=["What was done, for whom, and what came of it."])
    municipalities: list[Text] = Field(default=[], examples=["[Larvik]"])
    unit: Text | None = Field(default=None, examples=["Hjemmetjenesten"])
    partners: list[Text] = Field(default=[], examples=["[NAV]"])
    programme: TermId | None = Field(default=None, examples=["flink-med-folk"])
    network: TermId | None = Field(default=None, examples=["plo-i-12k"])
    period: Period | None = Field(default=None, examples=["{from: 2007, to: 2010}"])
    sector: list[TermId] = Field(default=[], examples=["[pleie-og-omsorg]"])
    themes: list[TermId] = Field(default=[], examples=["[etikk]"])
    measures: list[MeasureTaken] = Field(default=[], examples=["[{measure: refleksjonsgrupper, text: …}]"])
    goals: list[Goal] = Field(default=[], examples=["[{text: …}]"])
    factors: list[FactorClaim] = Field(default=[], examples=["[{factor: ledelse, polarity: promoted, quote: …}]"])
    outcomes: list[Outcome] = Field(
        default=[], examples=["[{text: …, kind: staff, direction: unknown, evidence: claim}]"]
    )
    status: Status | None = Field(default=None, examples=["{state: unknown}"])
    resources: Resources | None = Field(default=None, examples=["{positions: 20 % prosjektleder}"])
    contacts: list[Contact] = Field(default=[], examples=["[{role: Prosjektleder}]"])
    sources: list[SourceReference] = Field(default=[], examples=["[{document: fafo-2013, lines: 1582-1594}]"])
    related: list[Relation] = Field(default=[], examples=["[{case: plo-i-12k, relation: part-of}]"])
    anonymous: bool = Field(default=False, examples=["true"])
    setting: Text | None = Field(default=None, examples=["En middels stor kommune på Østlandet"])


REQUIRED = (
    "id", "title", "language", "summary", "municipalities", "period", "sector", "themes", "measures", "outcomes",
    "sources",
)
"""Keys that every document must have, in the order they are asked for."""


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of the body; `start` and `end` are characters of the whole document, heading left out."""

    kind: str | None
    """One of `kb.headings.SECTIONS`, or None for a heading that the format does not know."""
    heading: str
    """As written; empty for text before the first heading."""
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A case document as read: the text itself, and what it says."""

    text: str
    """The whole file, byte-order mark and line ends included."""
    front: FrontMatter
    sections: tuple[Section, ...] = ()
    body_start: int = 0
    spans: dict[Location, Span] = field(default_factory=dict, compare=False)
    """Where each value of the front matter stands; characters of `text`, lines 0-based in the file."""

    @property
    def body(self) -> str:
        """The text after the front matter."""
        return self.text[self.body_start :]

    def line_of(self, *location: str | int) -> int:
        """Give the 1-based line of a value, or of the nearest thing around it."""
        for length in range(len(location), -1, -1):
            if (span := self.spans.get(location[:length])) is not None:
                return span.line + 1
        return 1
