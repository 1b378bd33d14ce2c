"""Cases, append-only revisions, and the rows derived from published revisions."""

import sqlalchemy as sa
from alembic import op

revision = "m001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _integer(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "case",
        _text("id"), _text("state"), _integer("head"), _integer("published", nullable=True),
        _text("imported_hash", nullable=True), _text("created_at"), _text("updated_at"),
        sa.PrimaryKeyConstraint("id", name="pk_case"),
    )
    op.create_table(
        "revision",
        _text("case_id"), _integer("number"), _text("text"), _text("content_hash"), _text("chain_hash"),
        _text("origin"), _text("author"), _text("created_at"),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_revision"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_revision_case_id_case"),
    )
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER revision_refuses_{change.lower()} BEFORE {change} ON revision "
            "BEGIN SELECT RAISE(ABORT, 'revisions are append-only'); END"
        )
    op.create_table(
        "published_case",
        _text("case_id"), _integer("revision"), _text("content_hash"), _text("title"), _text("language"),
        _text("summary"), _text("period_from", nullable=True), _text("period_to", nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_published_case"),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name="fk_published_case_case_id_case"),
        sa.ForeignKeyConstraint(
            ["case_id", "revision"], ["revision.case_id", "revision.number"],
            name="fk_published_case_case_id_revision",
        ),
    )
    _create_derived("municipality", ["position"], _integer("position"), _text("municipality"), _text("name"),
                    _text("county"))
    _create_derived("term", ["vocabulary", "term"], _text("vocabulary"), _text("term"))
    _create_derived("factor", ["position"], _integer("position"), _text("factor"), _text("polarity"))
    _create_derived("outcome", ["position"], _integer("position"), _text("kind"), _text("direction"),
                    _text("evidence"))
    for subject in ("municipality", "term", "factor"):
        op.create_index(f"ix_published_{subject}_{subject}", f"published_{subject}", [subject])


def _create_derived(subject: str, key: list[str], *columns: sa.Column[int] | sa.Column[str]) -> None:
    name = f"published_{subject}"
    op.create_table(
        name,
        _text("case_id"), *columns,
        sa.PrimaryKeyConstraint("case_id", *key, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(
            ["case_id"], ["published_case.case_id"], ondelete="CASCADE", name=f"fk_{name}_case_id_published_case"
        ),
    )


def downgrade() -> None:
    for subject in ("outcome", "factor", "term", "municipality", "case"):
        op.drop_table(f"published_{subject}")
    op.drop_table("revision")
    op.drop_table("case")
