"""Counting queries that nothing answered; what is counted, and what is not kept, is told in `kb.gaps`."""

import logging

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from kb.database import write_session
from kb.gaps import count_gap, name_month


def count_unanswered(engine: Engine, query: str) -> None:
    """Count a query that nothing answered; when it cannot be written, that is logged, without the query."""
    try:
        with write_session(engine) as session:
            count_gap(session, query, name_month())
    except SQLAlchemyError as error:
        logging.getLogger("web").warning("a query without an answer could not be counted: %s", type(error).__name__)
