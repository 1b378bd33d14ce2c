"""What the eight long texts of the golden queries mention, as one reader saw it before any program had looked.

``measures`` and ``factors``: what is certainly there. ``arguable``: terms that count neither for nor against. The cues were
written by somebody who had read these texts: they guard what works, and do not tell how well other plans are understood.
"""

LABELLED = {
    "s57": {
        "measures": (
            "naervaersarbeid sykefravaersoppfolging jobbrotasjon fysisk-aktivitet-for-ansatte "
            "tilrettelegging-for-ansatte saerskilte-grupper-ansatte samarbeid-med-nav maling-og-evaluering"
        ),
        "factors": (
            "etterprovbare-mal mal tillitsvalgtinvolvering maling-og-dokumentasjon laering-og-deling oppfolging"
        ),
        "arguable": (
            "oppfolging-langtidssykmeldte medarbeidermedvirkning trepartssamarbeid politisk-forankring "
            "linjeforankring gode-eksempler samarbeid-og-involvering helsefremmende-arbeidsplass "
            "medarbeiderinvolvering firepartssamarbeid partsforankring styringsinformasjon delingskultur"
        ),
    },
    "s58": {
        "measures": (
            "hele-stillinger helgeordning langturnus arsturnus bemanningsenhet arbeidstidsordning maling-og-evaluering"
        ),
        "factors": "politisk-forankring tillitsvalgtinvolvering partsforankring",
        "arguable": (
            "trepartssamarbeid opplevd-behov kartlegging-ved-start maling-og-dokumentasjon oppfolging mal "
            "samarbeid-og-involvering forankring hensikt medarbeidermedvirkning kvalitetsarbeid"
        ),
    },
    "s59": {
        "measures": (
            "spesialundervisning-omlegging tidlig-innsats-tiltak leseopplaering kurs-og-opplaering "
            "samarbeid-barnehage-skole"
        ),
        "factors": "mal etterprovbare-mal opplaering",
        "arguable": (
            "prosessveiledning tverrfaglig-samarbeid kompetanseheving laeringsmiljotiltak felles-planverk "
            "tverrsektorielt-samarbeid kartlegging-ved-start hensikt felles-mal kompetanse veiledning-utenfra "
            "planforankring"
        ),
    },
    "s60": {
        "measures": (
            "samhandling-med-sykehus samarbeidsavtale hospitering intermediaer-enhet kurs-og-opplaering "
            "interkommunalt-samarbeid brukerinformasjon"
        ),
        "factors": "faste-moteplasser opplevd-behov opplaering",
        "arguable": (
            "parorendekontakt parorendetiltak sykehjemslege vurderingsmoter skriftlige-avtaler informasjon "
            "samhandlingslege pasientforlop kompetanseheving tverrsektorielt-samarbeid rapportrutiner "
            "ohjelp-dogntilbud kompetanse nettverk samarbeid-og-involvering samordnede-senger"
        ),
    },
    "s61": {
        "measures": (
            "demenstiltak parorendetiltak parorendeskole parorendegruppe frivillighetssamarbeid aktivitetstilbud "
            "ressurspersoner kurs-og-opplaering"
        ),
        "factors": "opplaering informasjon",
        "arguable": (
            "brukerrad oppfolging brukerinvolvering brukerforankring kompetanseheving maling-og-evaluering "
            "internkommunikasjon maling-og-dokumentasjon kompetanse brukermedvirkningstiltak brukerinformasjon "
            "samarbeid-og-involvering"
        ),
    },
    "s62": {
        "measures": (
            "laeringsnettverk nettverk-og-laeringsarena sammenligning nokkeltallsanalyse brukerundersokelse "
            "styringsinformasjon interkommunalt-samarbeid maling-og-evaluering"
        ),
        "factors": "hensikt nettverk medarbeiderinvolvering tillitsvalgtinvolvering",
        "arguable": (
            "politisk-forankring linjeforankring laering-og-deling maling-og-dokumentasjon medarbeidermedvirkning "
            "fagnettverk kvalitetsarbeid oppfolging samarbeid-og-involvering toppforankring "
            "omprioritering-av-ressurser budsjettprosess ressurser mal kobling-til-gevinst trepartssamarbeid "
            "partsforankring forankring"
        ),
    },
    "s63": {
        "measures": "refleksjonsgrupper etikkarbeid ressurspersoner maling-og-evaluering fagdag",
        "factors": "refleksjonsgrupper lederstotte faste-moteplasser brukerinvolvering",
        "arguable": (
            "veilederopplaering motetid brukerforankring oppfolging maling-og-dokumentasjon linjeforankring "
            "laering-og-deling kurs-og-opplaering brukermedbestemmelse tid kompetanseheving ledelse verdiarbeid "
            "brukermedvirkningstiltak ildsjel dialogmoter parorendetiltak parorendekontakt synlig-ledelse "
            "etikkdag samtaletrening brukerundersokelse medarbeiderundersokelse opplevd-behov "
            "samarbeid-og-involvering forankring opplaering"
        ),
    },
    "s64": {
        "measures": "laeringsnettverk utviklingsverksted",
        "factors": (
            "nettverk bred-delegasjon politisk-forankring tid maling-og-dokumentasjon overforing-til-drift "
            "planforankring kontinuitet trepartssamarbeid"
        ),
        "arguable": (
            "tillitsvalgtinvolvering motetid prosjektleder sentral-stotte nettverk-og-laeringsarena forankring "
            "maling-og-evaluering medarbeiderinvolvering linjeforankring laering-og-deling partsforankring "
            "veiledning-utenfra prosessveiledning samarbeid-og-involvering oppfolging ressurser "
            "interkommunalt-samarbeid toppforankring medarbeidermedvirkning lederstotte ildsjel mal fagnettverk"
        ),
    },
}
