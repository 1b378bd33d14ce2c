"""What can be wrong with a case document: every kind of problem, its severity, its sentence and its hint.

`error` refuses the file, `warning` lets it in as a draft, `hint` only informs. A problem keeps its code and
values apart from the sentence, so that a page can say it in the reader's language.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem."""

    severity: Severity
    sentence: str
    """What is wrong; filled in with the problem's values."""
    hint: str
    """What to write instead."""


def _error(sentence: str, hint: str) -> Kind:
    return Kind(Severity.ERROR, sentence, hint)


def _warning(sentence: str, hint: str) -> Kind:
    return Kind(Severity.WARNING, sentence, hint)


def _hint(sentence: str, hint: str) -> Kind:
    return Kind(Severity.HINT, sentence, hint)


KINDS: dict[str, Kind] = {
    # the file
    "unreadable": _error("The file cannot be read: {why}.", "check the path and that you may read it"),
    "too-large": _error("The file is {size} bytes; at most {limit} are read.",
                        "keep the case short and put long material in a source"),
    "not-utf8": _error("Byte {byte} at position {position} is not UTF-8.",
                       "save the file again with the encoding UTF-8"),
    "nul-byte": _error("The text has a NUL byte.", "remove it; the file may be damaged or not a text file"),
    "byte-order-mark": _hint("The file starts with a byte-order mark.", "it is kept; nothing needs doing"),
    "windows-line-ends": _hint("The file has Windows line ends.", "they are kept; nothing needs doing"),
    "name-not-id": _error("The file is called {name}, but its id is {id}.",
                          "call the file {id}.md, or set id: {stem}"),
    "duplicate-id": _error("The id {id} is also used by {other}.", "give one of the two another id"),
    # front matter
    "no-front-matter": _error("The file has no front matter.",
                              "start with a line ---, then id, title and the other keys, then a line ---"),
    "front-matter-open": _error("The front matter is not closed.", "end it with a line that is just ---"),
    "broken-yaml": _error("The front matter is not valid YAML: {why}.",
                          "check indentation, colons and quotes on this line"),
    "yaml-not-mapping": _error("The front matter is not a list of keys and values.", "write lines such as title: …"),
    "yaml-alias": _error("The front matter uses anchors or aliases (& or *).",
                         "write the value out, or put it in quotes"),
    "yaml-depth": _error("The front matter is nested too deeply.", "use the keys of the format only"),
    "yaml-tag": _error("The front matter uses the tag {tag}.", "write a plain value"),
    "duplicate-key": _error("The key {key} stands more than once.", "keep one of them"),
    "unknown-key": _warning("The key {key} is not known here.", "{suggestion}"),
    "alias-key": _hint("The key {key} is read as {canonical}.", "write {canonical}"),
    "missing-key": _error("The key {key} is missing.", "add {key}: {example}"),
    "empty-value": _error("The key {key} has no value.", "write {key}: {example}"),
    "wrong-shape": _error("{key} should be {expected}.", "write {example}"),
    "not-allowed": _error("{value} is not a value that {key} can have.", "{suggestion}"),
    "too-long": _error("{key} is longer than {limit} characters.", "shorten it"),
    "invalid-id": _error("{value} cannot be an id.", "use 3 to 80 of a–z, 0–9 and -"),
    "invalid-date": _error("{value} is not a year or a date.", "write 2007, 2007-03 or 2007-03-15"),
    "invalid-lines": _error("{value} is not a range of lines.", "write 120, 120-134 or 120-134, 150"),
    "date-order": _error("{key} runs from {start} to {end}.", "write the earlier date first"),
    # places and words
    "no-municipality": _error("The case names no municipality.",
                              "list at least one, or set anonymous: true and describe the setting"),
    "anonymous-named": _error("The case is anonymous but names municipalities.",
                              "leave municipalities empty, or remove anonymous: true"),
    "anonymous-no-setting": _warning("The case is anonymous and does not say what is known of the place.",
                                     "describe it in setting: …"),
    "unknown-municipality": _error("{name} is not the name or code of a municipality.", "{suggestion}"),
    "municipality-not-then": _error("{name} was not a municipality in {period}.", "{suggestion}"),
    "ambiguous-municipality": _error("{name} can be more than one municipality in {period}.",
                                     "write one of: {choices}"),
    "unknown-term": _error("{value} is not in the vocabulary {vocabulary}.", "{suggestion}"),
    "unknown-source": _error("The source {value} is not in sources.yaml.", "{suggestion}"),
    "lines-outside": _error("Lines {value} lie outside {document}, which has {limit} lines.",
                            "look the lines up again"),
    "unknown-case": _warning("There is no case with the id {value}.", "{suggestion}"),
    "self-relation": _error("The case is related to itself.", "remove the entry"),
    # claims and evidence
    "quote-not-found": _error("The quote «{quote}» does not stand in the body.",
                              "copy it word for word from the body"),
    "goal-not-verifiable": _hint("The goal «{goal}» cannot be verified: {missing} missing.",
                                 "add {missing} if it is known"),
    "measured-without-numbers": _warning("The outcome «{outcome}» says {evidence} but lacks {missing}.",
                                         "add the numbers, or choose a lower evidence level"),
    # body
    "empty-body": _warning("The case has no text.", "add sections with headings such as ## Bakgrunn"),
    "unknown-heading": _hint("The heading «{heading}» is not one of the format's.",
                             "it is kept and searched; {suggestion}"),
    "html-in-body": _hint("The text has HTML.", "it is shown as text, never run; use Markdown instead"),
}


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong with a document."""

    path: str
    line: int
    """Line in the file, 1-based."""
    code: str
    """A key of `KINDS`."""
    values: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def severity(self) -> Severity:
        """How much it matters."""
        return KINDS[self.code].severity

    @property
    def sentence(self) -> str:
        """What is wrong, in English."""
        return KINDS[self.code].sentence.format(**self.values)

    @property
    def hint(self) -> str:
        """What to write instead, in English."""
        return KINDS[self.code].hint.format(**self.values)


def render_problem(problem: Problem) -> str:
    """Give ``path:line: severity: sentence — hint`` on one line."""
    return f"{problem.path}:{problem.line}: {problem.severity}: {problem.sentence} — {problem.hint}"


def has_severity(problems: Iterable[Problem], severity: Severity) -> bool:
    """Tell whether any of the problems is of that severity."""
    return any(problem.severity == severity for problem in problems)


def suggest_nearest(value: str, choices: Iterable[str], otherwise: str) -> str:
    """Word a suggestion: the choice nearest in spelling, or `otherwise` when none is near."""
    near = get_close_matches(value, list(choices), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else otherwise
