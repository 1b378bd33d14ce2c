"""Counts of queries that nothing answered."""

import sqlalchemy as sa
from alembic import op

revision = "m002"
down_revision = "m001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "search_gap",
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "query", name="pk_search_gap"),
        sa.CheckConstraint("length(query) <= 200", name="ck_search_gap_query"),
        sa.CheckConstraint("month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'", name="ck_search_gap_month"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("search_gap")
