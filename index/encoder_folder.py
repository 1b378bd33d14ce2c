"""Opening an encoder: from the bundled folder, another folder, or a model hub.

The one door to the hub: a model that is named is fetched once and then lies in the hub's cache.
"""

import hashlib
import json
from pathlib import Path

from index.encoder import Encoder
from index.sentence_encoder import SentenceEncoder
from index.static_encoder import MODULES, StaticEncoder
from kb.errors import EncoderNotFound

BUNDLED_MODEL = Path(__file__).parent / "model"
_NOT_WEIGHTS = ("README.md",)
"""Files of a model folder that do not change what it computes."""


def open_encoder(model: str = "") -> Encoder:
    """Open the model with that folder or hub name, the bundled one if empty; raises EncoderNotFound."""
    if not model:
        return _open_folder(BUNDLED_MODEL, "bundled")
    folder = Path(model)
    if folder.is_dir():
        return _open_folder(folder, folder.name)
    if model.count("/") > 1 or model.startswith((".", "/", "~")):
        raise EncoderNotFound(model, "there is no such folder.")
    return _open_folder(_fetch(model), model)


def fingerprint_folder(folder: Path) -> str:
    """Give a SHA-256 over the names and contents of a folder's files, the model card left out."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.name in _NOT_WEIGHTS:
            continue
        digest.update(str(path.relative_to(folder).as_posix()).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _open_folder(folder: Path, name: str) -> Encoder:
    kind = StaticEncoder if _list_modules(folder, name) == MODULES else SentenceEncoder
    return kind(folder, name, fingerprint_folder(folder))


def _list_modules(folder: Path, name: str) -> tuple[str, ...]:
    """List the class names of a model's modules, in order."""
    path = folder / "modules.json"
    if not path.is_file():
        raise EncoderNotFound(name, f"{path} does not exist.")
    try:
        modules = json.loads(path.read_text(encoding="utf-8"))
        return tuple(str(module["type"]).rsplit(".", 1)[-1] for module in modules)
    except (ValueError, KeyError, TypeError) as error:
        raise EncoderNotFound(name, f"{path} cannot be read ({error}).") from error


def _fetch(name: str) -> Path:
    """Find a hub model in the local cache, or fetch it."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError):
        pass
    try:
        return Path(snapshot_download(name, etag_timeout=10))
    except (HfHubHTTPError, HFValidationError, OSError, ValueError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise EncoderNotFound(
            name, f"it is not a folder here, and it could not be fetched from the model hub ({why})."
        ) from error
