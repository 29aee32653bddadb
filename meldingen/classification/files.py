"""A classifier on disk: a skops file of plain arrays and text, and beside it a `.json` that says what it must be.

Nothing in the file is code and no type of scikit-learn is stored: what comes back is checked before it is used.
The sha256 that counts is the one a caller kept elsewhere (a database row); the one in the `.json` only finds accidents.
"""

import hashlib
import io
import json
import os
import platform
import zipfile
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from meldingen.classification.features import KINDS, Features
from meldingen.classification.model import Classifier

FORMAT = 2
MAX_BYTES = 100_000_000  # unpacked; a file that claims more is refused before it is read
ALLOWED = frozenset(
    {
        "builtins.dict",
        "builtins.list",
        "builtins.str",
        "builtins.float",
        "builtins.int",
        "builtins.NoneType",
        "numpy.ndarray",
    }
)


class ModelFileError(Exception):
    """A model file that will not be loaded."""


class MissingModelError(ModelFileError):
    """The model file, or the description beside it, is not there."""


class AlteredModelError(ModelFileError):
    """The file is not the one that was saved."""


class TruncatedModelError(ModelFileError):
    """The file is shorter than the one that was saved."""


class UnlistedTypeError(ModelFileError):
    """The file holds a type that a model file never holds."""


class VersionMismatchError(ModelFileError):
    """The file was made by another scikit-learn major.minor or in another format."""


class BrokenModelError(ModelFileError):
    """The parts of the file do not make a classifier, or its description cannot be read."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """What is written beside a model: sha256 and size (bytes) of the file, versions that made it, what it decides."""

    sha256: str
    size: int
    format: int
    python: str
    sklearn: str
    skops: str
    labels: list[str]
    threshold: float | None
    precision: float


def save(classifier: Classifier, path: Path | str) -> ModelFile:
    """Write `classifier` to `path` and its description to `path` + `.json`; both appear whole or not at all."""
    import skops.io  # costs a second and a half, and most processes neither save nor load a model

    path = Path(path)
    content = skops.io.dumps(_state(classifier), compression=zipfile.ZIP_DEFLATED)
    described = ModelFile(
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        format=FORMAT,
        python=platform.python_version(),
        sklearn=version("scikit-learn"),
        skops=version("skops"),
        labels=classifier.classes_,
        threshold=classifier.threshold,
        precision=classifier.precision,
    )
    _write(path, content)
    _write(sidecar(path), json.dumps(asdict(described), ensure_ascii=False, indent=1).encode())
    return described


def sidecar(path: Path | str) -> Path:
    """Return where the description of the model at `path` stands."""
    return Path(f"{path}.json")


def describe(path: Path | str) -> ModelFile:
    """Read the description beside `path`. Raises MissingModelError, BrokenModelError."""
    try:
        return ModelFile(**json.loads(sidecar(path).read_bytes()))
    except FileNotFoundError as error:
        raise MissingModelError(f"no description beside {path}") from error
    except (ValueError, TypeError) as error:
        raise BrokenModelError(f"the description beside {path} cannot be read") from error


def load(path: Path | str, sha256: str | None = None) -> Classifier:
    """Read the classifier at `path`; `sha256` (hex) is what it must be, else what its description says.

    Raises a ModelFileError of its own class for each refusal. Costs up to a second: call it once per process.
    """
    described = describe(path)
    try:
        content = Path(path).read_bytes()
    except FileNotFoundError as error:
        raise MissingModelError(f"no model at {path}") from error
    if hashlib.sha256(content).hexdigest() != (sha256 or described.sha256):
        kind = TruncatedModelError if len(content) < described.size else AlteredModelError
        raise kind(f"{path} is not the model that was saved")
    if described.format != FORMAT or _minor(described.sklearn) != _minor(version("scikit-learn")):
        raise VersionMismatchError(
            f"{path} was made by scikit-learn {described.sklearn}, format {described.format}: train again"
        )
    _refuse_unlisted(content, path)
    import skops.io  # as in save

    return _restore(skops.io.loads(content, trusted=[]), path)


def _minor(text: str) -> list[str]:
    return text.split(".")[:2]


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)


def _refuse_unlisted(content: bytes, path: Path | str) -> None:
    """Read the list of types before skops builds anything; its own list of trusted types is far longer than ours."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
                raise BrokenModelError(f"{path} unpacks to more than {MAX_BYTES} bytes")
            schema = json.loads(archive.read("schema.json"))
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BrokenModelError(f"{path} is no skops file") from error
    unlisted = sorted(_types(schema) - ALLOWED)
    if unlisted:
        raise UnlistedTypeError(f"{path} holds {', '.join(unlisted)}")


def _types(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(_types, node))
    if not isinstance(node, dict):
        return set()
    own = {f"{node['__module__']}.{node['__class__']}"} if "__class__" in node else set()
    return own.union(*map(_types, node.values()))


def _state(classifier: Classifier) -> dict[str, Any]:
    features = classifier.features
    return {
        "classes": classifier.classes_,
        "terms": {kind: "\n".join(features.terms(kind)) for kind in KINDS},
        "idf": {kind: features.idf(kind) for kind in KINDS},
        "weights": classifier.weights.astype(np.float16),  # training rounded them: nothing is lost
        "bias": classifier.bias,
        "threshold": classifier.threshold,
        "precision": classifier.precision,
        "folded": dict(classifier.folded),
    }


def _restore(state: Any, path: Path | str) -> Classifier:
    try:
        terms = {kind: state["terms"][kind].split("\n") for kind in KINDS}
        features = Features.restore(terms, {kind: state["idf"][kind] for kind in KINDS})
        weights, bias, classes = state["weights"].astype(np.float32), state["bias"], state["classes"]
        fits = weights.shape == (sum(map(len, terms.values())), len(classes)) and bias.shape == (len(classes),)
        if not fits or not np.isfinite(weights).all() or not np.isfinite(bias).all():
            raise BrokenModelError(f"the parts of {path} do not fit together")
        return Classifier(classes, features, weights, bias, state["threshold"], state["precision"], state["folded"])
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BrokenModelError(f"{path} lacks a part of a classifier") from error
