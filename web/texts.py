"""The one door to gettext: the words on the pages, from ``locale/<language>/LC_MESSAGES/messages.po``."""

import io
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_DIR = Path(__file__).parent / "locale"
DEFAULT_LANGUAGE = "nb"


@cache
def read_catalogue(language: str) -> GNUTranslations:
    """Read the catalogue of a language; the .po file is what is kept, and is compiled in memory."""
    path = LOCALE_DIR / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
