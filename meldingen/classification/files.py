"""A classifier on disk: a skops file of plain arrays and text, and beside it a `.json` that says what it must be.

Nothing in the file is code and no type of scikit-learn is stored: what comes back is checked before it is used.
The sha256 that counts is the one a caller kept elsewhere (a database row); the one in the `.json` only finds accidents.
"""

import hashlib
import io
import json
import platform
import secrets
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args

import numpy as np

from meldingen.classification.certainty import Certainty
from meldingen.classification.features import KINDS, Features
from meldingen.classification.model import Classifier
from meldingen.classification.ours import Ours
from meldingen.classification.promise import Promise
from meldingen.classification.thresholds import WhyNot

FORMAT = 4
OF_ALL_CLASSES = ("bias", "slope", "length")  # of a certainty: what all classes share
MAX_BYTES = 100_000_000  # unpacked; a file that claims more is refused before it is read
LOADERS = frozenset(  # what reads a part, and what it makes
    {
        ("DictNode", "builtins.dict"),
        ("ListNode", "builtins.list"),
        ("JsonNode", "builtins.str"),  # and numbers and None: the content is JSON
        ("TypeNode", "builtins.str"),  # of the keys of a dict
        ("NdArrayNode", "numpy.ndarray"),
    }
)


class ModelFileError(Exception):
    """A model file that will not be loaded."""


class MissingModelError(ModelFileError):
    """The model file, or the description beside it, is not there or cannot be read."""


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
    """Write `classifier` to `path` and its description to `path` + `.json`, each of them whole or not at all.

    A path is for one writer at a time: who loads between the two files is told that the model was altered. OSError when
    it cannot be written.
    """
    import skops.io  # costs a second and a half, and most processes neither save nor load a model

    path = Path(path)
    state = _state(classifier)
    content = skops.io.dumps(state, compression=zipfile.ZIP_DEFLATED)
    description = ModelFile(
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        format=FORMAT,
        python=platform.python_version(),
        sklearn=version("scikit-learn"),
        skops=version("skops"),
        labels=state["classes"],
        threshold=state["promise"]["threshold"],
        precision=state["precision"],
    )
    _write(path, content)
    _write(sidecar(path), json.dumps(asdict(description), indent=1).encode())
    return description


def check_writable(folder: Path | str) -> None:
    """OSError when no model can be saved in this folder: asked before training, which may take a quarter of an hour."""
    _write(Path(folder) / "writable", b"")
    (Path(folder) / "writable").unlink(missing_ok=True)


def sidecar(path: Path | str) -> Path:
    """Return where the description of the model at `path` stands."""
    return Path(f"{path}.json")


def delete(path: Path | str) -> None:
    """Delete the model at `path` and its description, whichever of them is there. OSError when that cannot be done."""
    Path(path).unlink(missing_ok=True)
    sidecar(path).unlink(missing_ok=True)


def describe(path: Path | str) -> ModelFile:
    """Read the description beside `path`. Raises MissingModelError, BrokenModelError."""
    content = _read(sidecar(path))
    try:
        description = ModelFile(**json.loads(content))
    except (ValueError, TypeError, RecursionError) as error:
        raise BrokenModelError(f"the description beside {path} cannot be read") from error
    kinds = ((description.sha256, str), (description.size, int), (description.sklearn, str))
    if not all(isinstance(value, kind) for value, kind in kinds):
        raise BrokenModelError(f"the description beside {path} is incomplete")
    return description


def load(path: Path | str, sha256: str | None = None) -> Classifier:
    """Read the classifier at `path`; `sha256` (hex) is what it must be, else what its description says.

    Raises a ModelFileError of its own class for each refusal. Costs up to a second: call it once per process.
    """
    description = describe(path)
    content = _read(Path(path))
    if hashlib.sha256(content).hexdigest() != (description.sha256 if sha256 is None else sha256):
        kind = TruncatedModelError if len(content) < description.size else AlteredModelError
        raise kind(f"{path} is not the model that was saved")
    if description.format != FORMAT or _minor(description.sklearn) != _minor(version("scikit-learn")):
        raise VersionMismatchError(
            f"{path} was made by scikit-learn {description.sklearn}, format {description.format}: train again"
        )
    _refuse_unlisted(content, path)
    import skops.io  # as in save

    try:
        return _restore(skops.io.loads(content, trusted=[]))
    except Exception as error:  # what was tampered with may fail anywhere, in skops, numpy or here
        raise BrokenModelError(f"the parts of {path} do not make a classifier") from error


def _minor(text: str) -> list[str]:
    return text.split(".")[:2]


def _read(path: Path) -> bytes:
    """Read a file, but no more than a model can be: what is longer is not what was saved."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise MissingModelError(f"{path} is not there or cannot be read") from error


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{secrets.token_hex(8)}.unfinished")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _refuse_unlisted(content: bytes, path: Path | str) -> None:
    """Read what the parts are before skops builds any; its own list of trusted types is far longer than ours."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
            fits = sum(sizes.values()) <= MAX_BYTES
            nodes = list(_nodes(json.loads(archive.read("schema.json")))) if fits else []
            size = sum(sizes[node["file"]] for node in nodes if "file" in node)  # one may be asked for twice
    except Exception as error:  # as in load
        raise BrokenModelError(f"{path} is no skops file") from error
    if not fits or size > MAX_BYTES:
        raise BrokenModelError(f"{path} unpacks to more than {MAX_BYTES} bytes")
    with_type = [node for node in nodes if "__class__" in node or "__loader__" in node]
    parts = {(str(node.get("__loader__")), f"{node.get('__module__')}.{node.get('__class__')}") for node in with_type}
    strange = sorted(parts - LOADERS)
    if strange:
        raise UnlistedTypeError(f"{path} holds {', '.join(f'{kind} ({loader})' for loader, kind in strange)}")


def _nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from _nodes(part)


def _state(classifier: Classifier) -> dict[str, Any]:
    """Return what is stored, in the plain types of ALLOWED: labels may have come as numpy's strings."""
    features, certain, ours = classifier.features, classifier.certainty, classifier.ours
    return {
        "classes": [str(label) for label in classifier.classes_],
        "terms": {kind: "\n".join(features.terms(kind)) for kind in KINDS},
        "idf": {kind: features.idf(kind) for kind in KINDS},
        "weights": classifier.weights.astype(np.float16),  # training rounded them: nothing is lost
        "bias": classifier.bias,
        "offsets": certain.offsets,
        "certainty": {name: float(getattr(certain, name)) for name in OF_ALL_CLASSES},
        "promise": asdict(classifier.promise) | {"never": [str(label) for label in classifier.promise.never]},
        "ours": ours and {"terms": "\n".join(ours.terms), "bias": ours.bias, "floor": ours.floor},
        "ours_weights": np.zeros(0, np.float32) if ours is None else ours.weights,
        "precision": float(classifier.precision),
        "folded": {str(label): str(rest) for label, rest in classifier.folded.items()},
    }


def _restore(state: Any) -> Classifier:
    """Build the classifier from what the file held. ValueError, or what numpy and Python say, when it cannot be one."""
    terms = {kind: state["terms"][kind].split("\n") for kind in KINDS}
    idf, weights, bias = state["idf"], state["weights"], state["bias"]
    classes, folded = state["classes"], state["folded"]
    fits = (
        all(idf[kind].shape == (len(terms[kind]),) for kind in KINDS)
        and weights.shape == (sum(map(len, terms.values())), len(classes))
        and bias.shape == (len(classes),)
        and isinstance(classes, list)
        and len(set(classes)) == len(classes) >= 2
        and all(isinstance(label, str) for label in [*classes, *folded, *folded.values()])
        and _is_number(state["precision"], 0, 1)
        and weights.dtype == np.float16
        and all(array.dtype == np.float32 for array in (bias, *idf.values()))
        and all(np.isfinite(array).all() for array in (weights, bias, *idf.values()))
    )
    if not fits:
        raise ValueError("parts that do not fit together")
    return Classifier(
        classes_=classes,
        features=Features.restore(terms, idf),
        weights=weights.astype(np.float32),
        bias=bias,
        certainty=_certainty(state, len(classes)),
        promise=_promise(state["promise"]),
        ours=_ours(state),
        precision=state["precision"],
        folded=folded,
    )


def _certainty(state: Any, classes: int) -> Certainty:
    offsets, values = state["offsets"], {name: state["certainty"][name] for name in OF_ALL_CLASSES}
    if offsets.shape != (classes,) or offsets.dtype != np.float64 or not np.isfinite(offsets).all():
        raise ValueError("offsets that do not fit")
    if not all(_is_number(value) for value in values.values()):
        raise ValueError("no certainty")
    return Certainty(offsets, **values)


def _promise(parts: Any) -> Promise:
    promise = Promise(**parts | {"never": tuple(parts["never"])})
    shares = (promise.threshold, promise.routed, promise.right, promise.right_own)
    fits = (
        all(share is None or _is_number(share, 0, 1) for share in shares)
        and (promise.threshold is None) == (promise.stopped in get_args(WhyNot))
        and isinstance(promise.texts, int)
        and all(isinstance(label, str) for label in promise.never)
    )
    if not fits:
        raise ValueError("a promise that is none")
    return promise


def _ours(state: Any) -> Ours | None:
    parts, weights = state["ours"], state["ours_weights"]
    if parts is None:
        return None
    terms = parts["terms"].split("\n")
    fits = weights.shape == (len(terms),) and weights.dtype == np.float32 and np.isfinite(weights).all()
    if not fits or len(set(terms)) != len(terms) or not _is_number(parts["bias"]) or not _is_number(parts["floor"]):
        raise ValueError("parts of what is ours that do not fit")
    return Ours(terms, weights, parts["bias"], parts["floor"])


def _is_number(value: Any, low: float = -np.inf, high: float = np.inf) -> bool:
    return isinstance(value, float) and bool(np.isfinite(value)) and low <= value <= high
