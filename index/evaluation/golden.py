"""Reading the golden file: needs, queries in five languages, and judged cases."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.errors import ContentMissing, KnowledgeBaseError
from kb.yaml_reader import YamlError, parse_yaml

GRADES = (0, 1, 2, 3)
"""3 answers the need, 2 answers much of it, 1 touches it, 0 does not."""
RELEVANT = 2
"""From this grade a case counts as found in figures that know only found or not."""
NO_ANSWER = "no-answer"
"""Kind of the queries that nothing in the collection answers."""


class GoldenFault(KnowledgeBaseError):
    """The golden file cannot be used as it is."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")


@dataclass(frozen=True, slots=True)
class GoldenQuery:
    """One query that somebody may type."""

    id: str
    """Id of its need, with the language when the need is put in several."""
    kind: str
    """``need`` for those put in five languages; else the kind of single query."""
    language: str
    text: str
    grades: dict[str, int]
    """Case id → grade; cases that are not named were not judged, and count as 0."""

    @property
    def has_answer(self) -> bool:
        """Tell whether any case answers it."""
        return any(grade >= RELEVANT for grade in self.grades.values())


def read_golden(path: Path) -> list[GoldenQuery]:
    """Read all queries with their judgements; raises ContentMissing or GoldenFault."""
    if not path.is_file():
        raise ContentMissing(path, "The file of golden queries")
    try:
        data = parse_yaml(path.read_text(encoding="utf-8")).value
    except YamlError as error:
        raise GoldenFault(path, f"line {error.line + 1}: {error.values.get('why', error.code)}") from error
    if not isinstance(data, dict):
        raise GoldenFault(path, "there are no needs, singles and judgements")
    judgements: Any = data.get("judgements") or {}
    queries = [*_needs(data.get("needs") or [], judgements), *_singles(data.get("singles") or [], judgements)]
    for query in queries:
        if wrong := [case for case, grade in query.grades.items() if grade not in GRADES]:
            raise GoldenFault(path, f"{query.id}: the grade of {wrong[0]} is not 0, 1, 2 or 3")
    return queries


def _needs(entries: Any, judgements: Any) -> list[GoldenQuery]:
    return [
        GoldenQuery(f"{entry['id']}-{language}", "need", language, str(text), judgements.get(entry["id"]) or {})
        for entry in entries
        for language, text in entry["queries"].items()
    ]


def _singles(entries: Any, judgements: Any) -> list[GoldenQuery]:
    return [
        GoldenQuery(e["id"], e["kind"], e["language"], str(e["query"]), judgements.get(e["id"]) or {}) for e in entries
    ]
