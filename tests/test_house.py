"""The plan of the house, as the code has it: who may import whom, and which module is the one door to what."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.settings import PROJECT_ROOT

ROOMS = {"kb": set(), "index": {"kb"}, "importers": {"kb"}, "web": {"kb", "index", "importers"}}
FRONT_DOOR = "kb/__main__.py"
DOORS = {
    "faiss": {"index/vectors.py"},
    "markdown_it": {"kb/markdown.py"},
    "sentence_transformers": {"index/sentence_encoder.py"},
    "tokenizers": {"index/static_encoder.py"},
    "huggingface_hub": {"index/encoder_folder.py"},
    "yaml": {"kb/yaml_reader.py", "kb/rendering.py"},
    "gettext": {"web/texts.py"},
    "uvicorn": {"web/server.py"},
    "alembic": {"kb/database.py"},
    "rich": {"kb/progress.py"},
    "tantivy": {"index/keywords.py"},
    "Stemmer": {"index/language/stemming.py", "index/evaluation/systems.py", "index/evaluation/stem_sharing.py"},
    "rapidfuzz": {"index/query_help/slips.py"},
}
WITHOUT_HTTP = {"kb", "index", "importers"}


def sources(room: str) -> list[Path]:
    return [path for path in sorted((PROJECT_ROOT / room).rglob("*.py")) if "migrations" not in path.parts]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def relative(path: Path) -> str:
    return path.relative_to(PROJECT_ROOT).as_posix()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_the_rooms_it_may(room: str) -> None:
    forbidden = set(ROOMS) - ROOMS[room] - {room} | {"tests"}
    broken = [
        f"{relative(path)} imports {name}"
        for path in sources(room)
        for name in imports(path)
        if name.split(".")[0] in forbidden and relative(path) != FRONT_DOOR
    ]
    assert broken == []


@pytest.mark.parametrize("package", DOORS)
def test_each_heavy_thing_has_one_door(package: str) -> None:
    used = {
        relative(path)
        for room in ROOMS
        for path in sources(room)
        if package in {name.split(".")[0] for name in imports(path)} and "training" not in path.parts
    }
    assert used == DOORS[package]


@pytest.mark.parametrize("room", sorted(WITHOUT_HTTP))
def test_only_the_web_room_knows_http(room: str) -> None:
    web = {"fastapi", "starlette", "jinja2", "uvicorn"}
    assert [relative(p) for p in sources(room) if web & {name.split(".")[0] for name in imports(p)}] == []


def test_status_codes_and_htmx_headers_have_one_module_each() -> None:
    for path in sources("web"):
        text = path.read_text(encoding="utf-8")
        if path.name != "htmx.py":
            assert "HX-" not in text, path
        if path.name != "errors.py":
            numbers = {node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)}
            assert not numbers & {400, 404, 405, 422, 500, 503}, path


def test_no_module_is_named_for_nothing() -> None:
    vague = {"utils", "helpers", "common", "services", "managers", "core", "misc"}
    assert [relative(p) for room in ROOMS for p in sources(room) if vague & {p.stem, p.parent.name}] == []


def test_every_room_tells_what_it_is_for() -> None:
    for room in ROOMS:
        chapter = ast.get_docstring(ast.parse((PROJECT_ROOT / room / "__init__.py").read_text(encoding="utf-8")))
        assert chapter, room
        assert 5 <= len(chapter.splitlines()) <= 25, room


def test_the_top_of_the_project_holds_only_what_it_should() -> None:
    expected = {
        "kb",
        "content",
        "index",
        "web",
        "importers",
        "tests",
        ".ci",
        "pyproject.toml",
        "Makefile",
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE",
        ".gitignore",
        "babel.cfg",
    }
    made = {".git", ".venv", ".kb", ".env", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", "build"}
    found = {path.name for path in PROJECT_ROOT.iterdir() if not path.name.endswith(".egg-info")}
    assert found - made == expected


def test_every_direct_dependency_is_declared() -> None:
    import tomllib
    from importlib.metadata import packages_distributions

    project = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    def plain(requirement: str) -> str:
        return requirement.split(">")[0].split("=")[0].strip().lower().replace("_", "-")

    requirements = [*project["dependencies"], *project["optional-dependencies"]["bench"]]
    declared = {plain(requirement) for requirement in requirements}
    known = packages_distributions()
    used = {name.split(".")[0] for room in ROOMS for path in sources(room) for name in imports(path)}
    needed = {known[name][0].lower().replace("_", "-") for name in used - set(ROOMS) if name in known}
    assert needed - declared == set()
    assert "torch==2.13.0" in project["dependencies"]
