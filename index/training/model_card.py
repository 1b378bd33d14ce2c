"""Render the model card: data and licences, recipe, figures, limits."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.resources import files

from index.training.settings import Settings

LICENCES: Mapping[str, tuple[str, str]] = {
    "lovdata-sections": ("sstraume97/norwegian-laws", "NLOD 2.0 (Lovdata); the text of statutes is free"),
    "lovdata-titles": ("sstraume97/norwegian-laws", "NLOD 2.0 (Lovdata); the text of statutes is free"),
    "sfs-sections": ("se-lex/sfs", "MIT; the text of statutes is free"),
    "riksdag-interpellations": (
        "swerik-project/riksdagen-interpellations",
        "unsettled: no licence file; documents of the Riksdag",
    ),
    "nav-parallel": (
        "navikt: pensjonsbrev, foreldrepengesoknad, sosialhjelp-soknad, skjemabygging-formio",
        "MIT",
    ),
    "los": ("Informasjonsforvaltning/los", "unsettled: no licence in the repository (Digdir vocabulary)"),
    "wordnet-lemmas": (
        "omwn/omw-data, globalwordnet/cili, globalwordnet/english-wordnet",
        "nb, nn: NWN licence; da: DanNet licence; sv: CC BY 3.0 (SALDO); "
        "CILI, English: CC BY 4.0 and WordNet licence",
    ),
    "osm-labels": ("openstreetmap/id-tagging-schema", "ISC"),
    "norquad": ("ltgoslo/NorQuAD", "CC0 1.0"),
    "text-nb": (
        "sentence and next sentence: sstraume97/norwegian-laws, the navikt repositories, ltgoslo/NorQuAD, "
        "giellalt/corpus-nob-orig",
        "NLOD 2.0; MIT; CC0 1.0; GiellaLT: `free` in the metadata of each file",
    ),
    "text-sv": (
        "sentence and next sentence: se-lex/sfs, swerik-project/riksdagen-interpellations",
        "MIT; unsettled (Riksdag)",
    ),
    "switched-nb": ("Norwegian pairs above, query put into another language word by word", "as those pairs"),
    "switched-sv": ("Swedish pairs above, query put into another language word by word", "as those pairs"),
    "misspelt": ("pairs of ours above, with slips of the keyboard in the query", "the project's own"),
    "reports": (
        "five reports on learning between municipalities",
        "their publishers'; only weights are shipped",
    ),
    "concepts": ("this project's thesaurus, concepts.yaml", "the project's own"),
    "labels": ("this project's vocabularies", "the project's own"),
    "cases": ("this project's case documents: title or summary, and passage", "the project's own"),
    **{
        f"written-{language}": (f"query and passage written for this, passage in {language}", "the project's own")
        for language in ("nb", "nn", "sv", "da", "en")
    },
}

_ATTRIBUTION = (
    "Lovdata (NLOD 2.0) · Sveriges riksdag and the SWERIK project · se-lex · NAV (MIT) · "
    "Digitaliseringsdirektoratet (Los) · Norwegian Wordnet (The Norwegian Language Bank) · DanNet "
    "(University of Copenhagen and Society for Danish Language and Literature) · WordNet-SALDO "
    "(Språkbanken) · Open Multilingual Wordnet · Collaborative Interlingual Index · Open English "
    "Wordnet and Princeton WordNet · iD tagging schema contributors · NorQuAD (Language Technology "
    "Group, University of Oslo) · GiellaLT."
)


def render_card(settings: Settings, sources: Mapping[str, int], shape: tuple[int, int]) -> str:
    """Return the card as Markdown; ``sources`` is pairs per source, ``shape`` tokens × dimensions."""
    card = files("index.training").joinpath("card.md").read_text(encoding="utf-8")
    return card.format(
        tokens=f"{shape[0]:,}",
        dimensions=shape[1],
        seed=settings.seed,
        epochs=settings.epochs,
        sources=_sources(settings, sources),
        settings=_table(("setting", "value"), _settings(settings)),
        trials=_trials(),
        attribution=_ATTRIBUTION,
    )


def _sources(settings: Settings, sources: Mapping[str, int]) -> str:
    rows = []
    for name in sorted(sources):
        origin, licence = LICENCES.get(name, ("not described", "not described"))
        rows.append((name, f"{sources[name]:,}", f"{settings.shares.get(name, 1.0):g}", origin, licence))
    return _table(("source", "pairs", "draws per pair and epoch", "from", "licence as read"), rows)


def _settings(settings: Settings) -> Sequence[tuple[str, ...]]:
    return [(name, str(value)) for name, value in asdict(settings).items() if not isinstance(value, Mapping)]


def _trials() -> str:
    """Return the table of what was tried, kept by hand in ``trials.tsv``."""
    text = files("index.training").joinpath("trials.tsv").read_text(encoding="utf-8")
    header, *rows = [tuple(line.split("\t")) for line in text.splitlines() if line]
    return _table(header, rows)


def _table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
