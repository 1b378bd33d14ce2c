"""SQLite FTS5: keywords by BM25, conditions by a table of tags.

From its documentation: the tokenizer unicode61 with ``remove_diacritics 2``, the query in double quotes word by word
and joined with OR, ``ORDER BY rank`` (faster than calling bm25()), and the command ``optimize`` after many rows. The
unary plus, from SQLite's notes on its planner, keeps it from running the words once for every passage of a tag.
"""

import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.bench.corpus import Batch, Corpus
from tests.bench.peers import Peer

_SCHEMA = """
CREATE VIRTUAL TABLE passages USING fts5(text, tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE tag (name TEXT NOT NULL, passage INTEGER NOT NULL, PRIMARY KEY (name, passage)) WITHOUT ROWID;
"""
_WORD = re.compile(r"\w+")


class SqliteFts5(Peer):
    """Keywords with conditions."""

    legs = "keywords"

    def build(self, corpus: Corpus, folder: Path) -> None:
        connection = sqlite3.connect(folder / "fts5.sqlite3")
        connection.executescript(_SCHEMA)
        for batch in corpus.batches():
            with connection:
                _insert(connection, batch)
        with connection:
            connection.execute("INSERT INTO passages(passages) VALUES ('optimize')")
        connection.execute("PRAGMA optimize")
        connection.close()

    def open(self, folder: Path) -> None:
        self._connection = sqlite3.connect(f"file:{folder / 'fts5.sqlite3'}?mode=ro", uri=True)

    def search(self, text: str, vector: np.ndarray, tags: Sequence[str], limit: int) -> list[int | str]:
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(text))
        conditions = " AND +rowid IN (SELECT passage FROM tag WHERE name = ?)" * len(tags)
        sql = f"SELECT rowid FROM passages WHERE passages MATCH ?{conditions} ORDER BY rank LIMIT ?"  # noqa: S608
        return [row[0] for row in self._connection.execute(sql, (words, *tags, limit))]

    def close(self) -> None:
        self._connection.close()


def _insert(connection: sqlite3.Connection, batch: Batch) -> None:
    connection.executemany("INSERT INTO passages(rowid, text) VALUES (?, ?)", enumerate(batch.texts, start=batch.first))
    rows = ((tag, number) for number, tags in enumerate(batch.tags, start=batch.first) for tag in tags)
    connection.executemany("INSERT INTO tag(name, passage) VALUES (?, ?)", rows)
