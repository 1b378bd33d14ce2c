"""Measurements as tables: aligned for a terminal, and the same in Markdown."""

from collections.abc import Mapping, Sequence

Row = Mapping[str, object]
"""Column → value; columns come in the order in which they are first seen."""


def render_text(rows: Sequence[Row]) -> str:
    """Render rows as columns of equal width, numbers to the right; empty for no rows."""
    return _render(rows, " " * 2, "", "")


def render_markdown(rows: Sequence[Row]) -> str:
    """Render rows as a Markdown table, numbers to the right; empty for no rows."""
    return _render(rows, " | ", "| ", " |")


def _render(rows: Sequence[Row], between: str, before: str, after: str) -> str:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    cells = [[_write(row.get(column)) for column in columns] for row in rows]
    widths = [max(len(column), 3, *(len(line[n]) for line in cells)) for n, column in enumerate(columns)]
    right = [all(_is_number(row.get(column)) for row in rows) for column in columns]

    def line(values: Sequence[str]) -> str:
        placed = (v.rjust(w) if r else v.ljust(w) for v, w, r in zip(values, widths, right, strict=True))
        return f"{before}{between.join(placed)}{after}".rstrip()

    rule = [("-" * (width - 1) + ":" if r and before else "-" * width) for width, r in zip(widths, right, strict=True)]
    return "\n".join([line(columns), line(rule), *map(line, cells)]) if rows else ""


def _is_number(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool))


def _write(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3f}" if abs(value) < 1 else f"{value:.2f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
