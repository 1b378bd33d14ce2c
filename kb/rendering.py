"""Data to text: write a case document from what it says.

The text that people wrote is never made again from data; this is for documents that a program writes. Reading what
was rendered gives the same front matter and the same sections.
"""

import json
from collections.abc import Iterable
from typing import Any

import yaml

from kb.document import FrontMatter


class _Dumper(yaml.SafeDumper):
    """Lists indented under their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    # Double quotes in JSON's way wherever a plain scalar could be read as something else, or has odd characters.
    simple = text.isprintable() and text.replace(" ", "").isalpha() and text not in ("null", "true", "false")
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if simple else '"')


_Dumper.add_representer(str, _represent_text)


def render_document(front: FrontMatter, sections: Iterable[tuple[str, str]]) -> str:
    """Render a case document; `sections` are (heading, Markdown) in order."""
    data: dict[str, Any] = json.loads(front.model_dump_json(by_alias=True, exclude_defaults=True))
    data = {"id": front.id, "title": front.title, "language": front.language, **data,
            "municipalities": front.municipalities}
    header = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    body = "\n\n".join(f"## {heading}\n\n{text.strip()}" for heading, text in sections)
    return f"---\n{header}---\n{body}\n"
