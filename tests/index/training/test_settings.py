import pytest

from index.training.errors import SettingUnknown
from index.training.settings import Settings, change_settings


def test_a_setting_is_changed_by_name_and_a_mapping_is_laid_over() -> None:
    changed = change_settings(Settings(), ["vocabulary=24000", 'shares={"cases": 9}', "matryoshka=[64, 128]"])
    assert (changed.vocabulary, changed.matryoshka, changed.shares["cases"]) == (24000, (64, 128), 9)
    assert changed.shares["los"] == Settings().shares["los"]


@pytest.mark.parametrize("change", ["vocabulry=1", "vocabulary=", "vocabulary", "vocabulary=many"])
def test_a_setting_that_cannot_be_read_is_an_error_that_says_how(change: str) -> None:
    with pytest.raises(SettingUnknown, match="NAME=JSON"):
        change_settings(Settings(), [change])
