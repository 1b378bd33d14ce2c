"""Plans as people paste them: with Markdown, with numbers, from a word processor, and without headings."""

MARKDOWN = """# Heltidskultur i Nordvik kommune 2025–2028

## Bakgrunn
I dag arbeider 71 prosent av de ansatte i helse og omsorg deltid.

## Mål
### Hovedmål
Flere hele stillinger.
### Delmål
Andelen heltid skal øke fra 29 til 45 prosent innen utgangen av 2027.

## Tiltak
- Lengre vakter i helgene
- Felles bemanningsenhet
- Årsplanlegging

### Jobbrotasjon
Ansatte kan bytte avdeling i seks måneder.

## Økonomi
Dekkes innenfor rammen.
"""

NUMBERED = """HANDLINGSPLAN FOR LAVERE SYKEFRAVÆR

1 Innledning
Fraværet er høyt, 9,8 prosent, og høyest i pleie og omsorg.

2 Mål
2.1 Hovedmål
Kommunen skal redusere sykefraværet til 7,5 prosent innen 2026.
2.2 Andre mål
Trivselen skal opp.

3. Tiltak
1. Tett dialog med den sykmeldte
2. Jobbrotasjon
3. Fysisk aktivitet

Tiltakene settes i gang straks.

4 Forankring og medvirkning
Tillitsvalgte og verneombud deltar. Administrasjonsutvalget får rapport.
"""

NYNORSK = """Etikkplan for sjukeheimen

Bakgrunn: Personalet møter vanskelege val kvar dag.
Mål: Alle avdelingar skal ha refleksjonsgruppe.

Slik gjer vi det
Vi lærer opp to rettleiarar på kvar avdeling. Leiarane er med.

Evaluering
Etter eit år spør vi dei tilsette.
"""

WITHOUT_HEADINGS = """Fraværet er høyt i kommunen, og vi opplever at folk blir slitne. I dag er det 9,8 prosent.

Målet er at fraværet skal ned til 7 prosent.

Vi vil prøve ut jobbrotasjon og trening. Det gjelder alle avdelinger.

Planen er forankret i kommunestyret og ledergruppa.

Fraværet måles hvert kvartal, og planen evalueres etter to år.
"""

PASTED = (
    "Sammen om barnehageløftet\r\n"
    "Dagens situasjon\r\n"
    "Mange barn får hjelp for sent, og foreldre og ansatte sier at de ulike tjenestene i kommunen snakker for lite sammen om barna.\r\n"
    "Hva vi vil gjøre\r\n"
    "Helsestasjonen og barnehagene skal møtes fast hver måned, og den pedagogisk-psykologiske tjenesten skal være ute i barnehagene.\r\n"
)

SWEDISH = """# Plan för lägre sjukfrånvaro

## Mål
Sjukfrånvaron ska minska till 6 procent före utgången av 2027.

## Åtgärder
Chefer och medarbetare går igenom schemat tillsammans.

## Förankring
Planen är beslutad av nämnden. Skyddsombud och fackliga företrädare deltar i styrgruppen.

## Uppföljning
Planen följs upp varje år. Efter projektet tar ordinarie verksamhet över.
"""

DANISH = """# Værdig ældrepleje

## Formål
Byrådet har besluttet, at alle enheder skal have faste refleksionsmøder.

## Inddragelse
Medarbejderne inddrages i planlægningen, og tillidsrepræsentanten deltager.

## Evaluering
Efter et år evalueres arbejdet.
"""

ENGLISH = """# Fewer falls in care homes

## Goals
We will reduce falls by 30 per cent by the end of 2027.

## Governance
The council has approved the plan, and staff take part in designing it together with the trade unions.

## Evaluation and what comes after
Results are evaluated after a year. When the project ends, the work becomes permanent.
"""

ALL = (MARKDOWN, NUMBERED, NYNORSK, WITHOUT_HEADINGS, PASTED, SWEDISH, DANISH, ENGLISH)
