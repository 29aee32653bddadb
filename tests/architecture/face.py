"""A contract for lint-imports: of a module that is another package's face, only the names in its `__all__` are used."""

import ast
from collections.abc import Iterator
from pathlib import Path

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class FaceContract(Contract):
    """`source` may import from `face`, and use of it, only what the face itself names in `__all__`."""

    source = fields.StringField()
    face = fields.StringField()

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Reads the sources: a graph of imports knows modules and no names."""
        public = set(_public(_path(str(self.face))))
        used = [
            (path, name)
            for path in sorted(Path(str(self.source)).rglob("*.py"))
            for name in _used(path, str(self.face))
        ]
        hidden = [f"{path}: {name}" for path, name in used if name not in public]
        return ContractCheck(kept=not hidden, metadata={"hidden": hidden})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Each name that the face does not show, with the file that uses it."""
        for line in check.metadata["hidden"]:
            output.print_error(f"{line} is not of the face of {self.face}")


def _path(module: str) -> Path:
    path = Path(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def _public(path: Path) -> list[str]:
    """The names in `__all__`."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return list(ast.literal_eval(node.value))
    return []


def _used(path: Path, face: str) -> Iterator[str]:
    """What a file takes from the face: names that it imports, and attributes of the module by the name it has there."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    package, _dot, module = face.rpartition(".")
    called = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == face:
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module == package:
            called |= {alias.asname or alias.name for alias in node.names if alias.name == module}
        elif isinstance(node, ast.Import):
            called |= {alias.asname or alias.name for alias in node.names if alias.name == face}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in called:
            yield node.attr
