"""Reading YAML as people write it: plain values with the place of each, and no surprises.

YAML 1.1 turns `no` into false, `0301` into 193 and `12:30` into 750. Here a plain scalar is null, true/false, a
whole number without leading zeros, a decimal number, or text. Anchors, aliases, tags and deep nesting are refused,
so a small file can never grow large.
"""

import re
from dataclasses import dataclass, field

import yaml

Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]
Location = tuple[str | int, ...]
"""The way to a value: keys and list positions from the top."""

MAX_DEPTH = 12

# The C parser gives the same nodes at the same places, many times faster; PyYAML can be built without it.
_LOADER: type[yaml.SafeLoader | yaml.CSafeLoader] = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+")
_CONSTANTS: dict[str, Value] = {"": None, "~": None, "null": None, "true": True, "false": False}


class YamlError(Exception):
    """The text cannot be read; `line` is 0-based from the start of the text."""

    def __init__(self, code: str, line: int, **values: str) -> None:
        self.code, self.line, self.values = code, line, values
        super().__init__(f"{code} at line {line + 1}")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands, in characters of the text that was read; `line` is 0-based."""

    line: int
    start: int
    end: int


@dataclass(slots=True)
class YamlText:
    """A YAML text as values, and where each of them stands."""

    value: Value
    spans: dict[Location, Span] = field(default_factory=dict)


def parse_yaml(text: str) -> YamlText:
    """Parse one YAML document; raises YamlError at the first thing that cannot be read."""
    try:
        _refuse_unsafe(text)
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = error.problem or "it cannot be read"
        raise YamlError("broken-yaml", mark.line if mark else 0, why=why) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position)
        raise YamlError("broken-yaml", line, why=f"character #x{error.character:04x} is not allowed") from error
    result = YamlText(None)
    if node is not None:
        result.value = _construct(node, (), result.spans)
    return result


def _refuse_unsafe(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise YamlError("yaml-alias", line)
        if tag := getattr(event, "tag", None):
            raise YamlError("yaml-tag", line, tag=str(tag))
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise YamlError("yaml-depth", line)


def _construct(node: yaml.Node, location: Location, spans: dict[Location, Span]) -> Value:
    spans[location] = Span(node.start_mark.line, node.start_mark.index, node.end_mark.index)
    if isinstance(node, yaml.MappingNode):
        return _construct_mapping(node, location, spans)
    if isinstance(node, yaml.SequenceNode):
        return [_construct(item, (*location, i), spans) for i, item in enumerate(node.value)]
    return _scalar(str(node.value), plain=isinstance(node, yaml.ScalarNode) and not node.style)


def _construct_mapping(node: yaml.MappingNode, location: Location, spans: dict[Location, Span]) -> Value:
    mapping: dict[str, Value] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise YamlError("broken-yaml", key_node.start_mark.line, why="a key must be a word")
        key = str(key_node.value)
        if key in mapping:
            raise YamlError("duplicate-key", key_node.start_mark.line, key=key)
        mapping[key] = _construct(value_node, (*location, key), spans)
        span = spans[(*location, key)]
        spans[(*location, key)] = Span(key_node.start_mark.line, span.start, span.end)
    return mapping


def _scalar(text: str, *, plain: bool) -> Value:
    if not plain:
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text) and len(text) < 20:
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    return text
