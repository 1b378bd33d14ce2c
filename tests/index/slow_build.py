"""Builds the index of the data folder with a slow encoder; run as a process that is killed half-way."""

import sys
from pathlib import Path

from index import build
from kb.settings import Settings
from tests.index.encoders import WordCountEncoder

if __name__ == "__main__":
    build.BATCH = 5
    build.build_index(Settings(data_dir=Path(sys.argv[1])), WordCountEncoder(sys.argv[2], pause=0.004))
