"""What the keyword baselines see of a case and of a query."""

from collections.abc import Callable

from index.language.stop_words import STOP_WORDS
from index.query import list_words
from kb.document import CaseDocument


def stem_words(text: str, stem: Callable[[list[str]], list[str]]) -> list[str]:
    """List the stems of the content words of a text."""
    return stem([word for word in list_words(text) if word not in STOP_WORDS])


def whole_text(document: CaseDocument) -> str:
    """Give all that a case says in prose."""
    front = document.front
    measures = [measure.text or "" for measure in front.measures]
    claims = [part.text for part in front.goals] + [part.text for part in front.outcomes]
    return "\n".join([front.title, front.summary, *front.municipalities, *measures, *claims, document.body])
