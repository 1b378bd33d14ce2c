import pytest

from index.encoder import Encoder
from index.plan.mentions import Mentions
from kb.checks import Reference
from kb.settings import Settings
from kb.thesaurus import read_thesaurus


@pytest.fixture(scope="session")
def mentions(reference: Reference, encoder: Encoder) -> Mentions:
    return Mentions(reference.vocabularies, read_thesaurus(Settings().content_dir), encoder)
