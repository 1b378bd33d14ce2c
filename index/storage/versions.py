"""Which versions of what made an index."""

import platform
from importlib.metadata import version

_PACKAGES = ("faiss-cpu", "numpy", "sentence-transformers", "tantivy", "torch", "kb-municipal-experience")


def list_versions() -> dict[str, str]:
    """Give name → version of Python and of the packages that an index depends on."""
    return {"python": platform.python_version(), **{package: version(package) for package in _PACKAGES}}
