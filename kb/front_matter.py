"""The values of the front matter, key by key: forgiving in what is read, exact in what is reported."""

from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from kb.aliases import ALIASES
from kb.document import REQUIRED, FrontMatter
from kb.problems import Problem, suggest_nearest
from kb.yaml_reader import Location, Span, Value

_ALLOWED_EMPTY = ("municipalities",)
"""Required keys that may be an empty list; what that means is checked with the rest of the document."""


def read_front_matter(
    values: dict[str, Value], spans: dict[Location, Span], path: str
) -> tuple[FrontMatter, list[Problem], dict[Location, Span]]:
    """Read the keys of a front matter.

    Returns the front matter (faulty values left at their defaults), every problem, and the spans with aliases of
    keys replaced by the keys themselves.
    """
    reader = _Reader(path, dict(spans))
    data = reader.canonical(values, FrontMatter, ())
    read = {key: reader.value(key, value) for key, value in data.items()}
    for key in REQUIRED:
        if key not in data:
            reader.add((), "missing-key", key=key, example=_example(key))
        elif data[key] in (None, "") or (data[key] == [] and key not in _ALLOWED_EMPTY):
            reader.add((key,), "empty-value", key=key, example=_example(key))
    front = FrontMatter.model_construct(**{key: value for key, value in read.items() if value is not None})
    return front, reader.problems, reader.spans


class _Reader:
    """Collects problems while the values are read."""

    def __init__(self, path: str, spans: dict[Location, Span]) -> None:
        self.path, self.spans = path, spans
        self.problems: list[Problem] = []

    def add(self, at: Location, code: str, **values: str) -> None:
        while at and at not in self.spans:
            at = at[:-1]
        line = self.spans[at].line + 1 if at in self.spans else 1
        self.problems.append(Problem(self.path, line, code, values))

    def canonical(self, values: dict[str, Value], model: type[BaseModel], at: Location) -> dict[str, Value]:
        """Replace aliases of keys, drop and report keys that the model does not have."""
        known = _keys(model)
        data: dict[str, Value] = {}
        for written, value in values.items():
            key = written if written in known else self._find_key(written, known, at)
            if key is None:
                continue
            if key in data:
                self.add((*at, written), "duplicate-key", key=key)
                continue
            if key != written:
                self._rename((*at, written), (*at, key))
            data[key] = self._canonical_value(value, known[key], (*at, key))
        return data

    def _canonical_value(self, value: Value, model: type[BaseModel] | None, at: Location) -> Value:
        if model is not None and isinstance(value, dict):
            return self.canonical(value, model, at)
        if model is not None and isinstance(value, list):
            return [self._canonical_value(item, model, (*at, i)) for i, item in enumerate(value)]
        return value

    def _find_key(self, written: str, known: dict[str, Any], at: Location) -> str | None:
        alias = ALIASES.get(written.casefold(), written.casefold())
        if alias in known:
            self.add((*at, written), "alias-key", key=written, canonical=alias)
            return alias
        aliases = [name for name, key in ALIASES.items() if key in known]
        hint = suggest_nearest(written.casefold(), [*known, *aliases], f"the known keys are {', '.join(known)}")
        if written.isdigit():
            hint = "a decimal number is written with a point, such as 9.8"
        self.add((*at, written), "unknown-key", key=written, suggestion=hint)
        return None

    def _rename(self, old: Location, new: Location) -> None:
        for location in [key for key in self.spans if key[: len(old)] == old]:
            self.spans[(*new, *location[len(old) :])] = self.spans.pop(location)

    def value(self, key: str, value: Value) -> Any:
        """Read the value of one top-level key; None when there is none or it is faulty."""
        if value in (None, ""):
            return None
        field = FrontMatter.model_fields[key]
        item_type = _item_type(field.annotation)
        if item_type is None:
            adapter = TypeAdapter(FrontMatter.__annotations__[key])
            return self._validated(adapter, value, (key,))
        items = value if isinstance(value, list) else [value]
        adapter = TypeAdapter(item_type)
        whole = not isinstance(value, list)
        read = [self._validated(adapter, v, (key,) if whole else (key, i)) for i, v in enumerate(items)]
        return [item for item in read if item is not None]

    def _validated(self, adapter: TypeAdapter[Any], value: Value, at: Location) -> Any:
        try:
            return adapter.validate_python(value)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self._report(detail, at)
            return None

    def _report(self, detail: ErrorDetails, at: Location) -> None:
        inner = tuple(part for part in detail["loc"] if part in ("from",) or not str(part).startswith("function-"))
        place = (*at, *inner)
        key = ".".join(str(part) for part in place if isinstance(part, str))
        given, context = str(detail["input"]), detail.get("ctx", {})
        match detail["type"]:
            case "missing":
                self.add(place, "missing-key", key=key, example="…")
            case "literal_error":
                allowed = [word.strip("' ") for word in str(context["expected"]).replace(" or ", ",").split(",")]
                hint = suggest_nearest(given, allowed, "write one of") + f" ({', '.join(allowed)})"
                self.add(place, "not-allowed", key=key, value=given, suggestion=hint)
            case "string_too_long":
                self.add(place, "too-long", key=key, limit=str(context["max_length"]))
            case "string_pattern_mismatch":
                self.add(place, "invalid-id", value=given)
            case "invalid-date" | "invalid-lines" as code:
                self.add(place, code, value=given)
            case other:
                self.add(place, "wrong-shape", key=key, expected=_expected(other), example=_example(str(at[0])))


def _item_type(annotation: Any) -> Any:
    return get_args(annotation)[0] if getattr(annotation, "__origin__", None) is list else None


def _keys(model: type[BaseModel]) -> dict[str, type[BaseModel] | None]:
    """Give each key of a model, as written in a document, with the model of its value if it has keys itself."""
    return {field.alias or name: _model_in(field.annotation) for name, field in model.model_fields.items()}


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((model for part in get_args(annotation) if (model := _model_in(part))), None)


def _expected(error_type: str) -> str:
    names = {"string": "text", "bool": "true or false", "model": "keys and values in braces", "list": "a list",
             "float": "a number", "int": "a number"}
    return next((word for start, word in names.items() if error_type.startswith(start)), "something else")


def _example(key: str) -> str:
    field = FrontMatter.model_fields.get(key)
    return str(field.examples[0]) if field and field.examples else "…"
