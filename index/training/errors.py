"""What can be wrong with the training data.

TrainingDataError
├── DataMissing
├── PairsUnreadable
├── SettingUnknown
└── VocabularyUnreadable
"""

from pathlib import Path


class TrainingDataError(Exception):
    """Training cannot start; the message is one sentence for the person at the command line."""


class DataMissing(TrainingDataError):
    """A folder of training data is not where the command looked for it."""

    def __init__(self, folder: Path, expected: str, option: str) -> None:
        super().__init__(f"No training data in {folder}: expected {expected} there ({option}).")


class PairsUnreadable(TrainingDataError):
    """A line of a pair file is not what it should be."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(f"{path}: line {line} is not a passage with its language and queries, as JSON.")


class SettingUnknown(TrainingDataError):
    """A setting to try has no known name or no value that JSON can read."""

    def __init__(self, change: str) -> None:
        super().__init__(f"--set {change}: write NAME=JSON with a name from index/training/settings.py.")


class VocabularyUnreadable(TrainingDataError):
    """A vocabulary file is not YAML."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(f"{path} cannot be read as YAML: see line {line}, or leave it out with --content.")
