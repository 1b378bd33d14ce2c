"""Settings, read from the environment (prefix ``KB_``) or from ``.env``; nothing is read at import."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PROJECT_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Where things are and how the site is served. Each field is also an environment variable, ``KB_<NAME>``."""

    model_config = SettingsConfigDict(env_prefix="KB_", env_file=".env", extra="ignore")

    data_dir: Path = Path(".kb")
    """Database and search index; may be thrown away only together with what was edited on the site."""
    content_dir: Path = PROJECT_ROOT / "content"
    """Case documents, vocabularies and the register of municipalities."""
    model: str = ""
    """Folder or hub name of a sentence-transformers model; empty means the bundled one."""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)

    @property
    def database_path(self) -> Path:
        """The SQLite file."""
        return self.data_dir / "kb.sqlite3"

    @property
    def index_dir(self) -> Path:
        """The folder that holds the snapshots of the search index."""
        return self.data_dir / "index"

    @property
    def vocabulary_dir(self) -> Path:
        """The folder with vocabularies and the register."""
        return self.content_dir / "vocabulary"
