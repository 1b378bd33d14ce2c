"""What the cases of a snapshot did and met, for holding a plan against."""

from index.storage.snapshot import Snapshot


class SnapshotLibrary:
    """A `PlanLibrary` of the cases in one snapshot; a case that is not in it has nothing."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def list_measures(self, case: str) -> list[str]:
        """List the measures that a case took, broader ones too, by id."""
        return self._list_values(case, "measure")

    def list_factors(self, case: str) -> list[tuple[str, str]]:
        """List what helped or hindered in a case: id of the factor, and polarity."""
        parted = (value.partition(":") for value in self._list_values(case, "factor"))
        return [(factor, polarity) for factor, _, polarity in parted if polarity]

    def _list_values(self, case: str, facet: str) -> list[str]:
        row = self._snapshot.rows_by_id.get(case)
        return [] if row is None else self._snapshot.facets.list_values_of(row)[facet]
