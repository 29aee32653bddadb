"""Names that are a participle alone: `found` says that something was found, and not what."""

import ast
import re
from collections.abc import Iterator

_IRREGULAR = re.compile(
    "apart|asked|become|begun|bent|beaten|bound|bought|broken|brought|built|called|chosen|dealt|done|drawn"
    "|driven|fallen|fed|felt|fled|flown|forgotten|fought|found|frozen|given|gone|got|grown|heard|held|hidden"
    "|hit|hung|hurt|kept|knit|known|laid|lent|lit|lost|made|meant|met|overheard|paid|proven|put|read|redone"
    "|ridden|risen|rung|said|seen|sent|shaken|shot|shown|slept|slid|sold|sought|spelt|spent|sprung|stolen|stood"
    "|struck|stuck|sunk|swept|sworn|taken|taught|thought|thrown|told|torn|understood|undone|wanted|withdrawn"
    "|woken|won|worn|written"
)
_NOUNS = frozenset({"bound", "deed", "embed", "feed", "need", "seed", "speed"})
_VERBS = frozenset({"put", "read"})  # the same word for the act: a function may be called by it
_YES_NO_CALLS = frozenset({"BooleanField", "all", "any", "bool", "endswith", "exists", "isdisjoint", "isinstance"})


def breaches(source: str) -> set[str]:
    """The names that this source introduces and that are a participle alone, but for those that may be one."""
    tree = ast.parse(source)
    free = {id(name) for name in _may_be_one(tree)}
    return {name for node, name in _names(tree) if is_participle(name) and id(node) not in free}


def is_participle(name: str) -> bool:
    """Whether the whole name is one word, and that a participle."""
    word = name.strip("_")
    if not re.fullmatch("[A-Z]?[a-z]+|[A-Z]+", word) or word.lower() in _NOUNS:
        return False
    return _IRREGULAR.fullmatch(word.lower()) is not None or word.lower().endswith("ed")


def _names(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            yield node, node.name
        elif isinstance(node, ast.arg):
            yield node, node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node, node.id


def _may_be_one(tree: ast.AST) -> Iterator[ast.AST]:
    """A yes or no, a state or kind of event, a column of a table, and a choice of rows."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign) and _is_yes_no_type(node.annotation):
            yield node.target if isinstance(node, ast.AnnAssign) else node
        elif isinstance(node, ast.FunctionDef) and (_is_yes_no_type(node.returns) or node.name.strip("_") in _VERBS):
            yield node
        elif isinstance(node, ast.Assign | ast.NamedExpr) and _is_yes_no(node.value):
            yield from node.targets if isinstance(node, ast.Assign) else [node.target]
        elif isinstance(node, ast.Assign) and _is_code(node):
            yield from node.targets
        elif isinstance(node, ast.ClassDef):
            yield from _of_class(node)


def _of_class(node: ast.ClassDef) -> Iterator[ast.AST]:
    bases = " ".join(ast.unparse(base) for base in node.bases)
    if "Happening" in bases:
        yield node
    if "QuerySet" in bases:
        yield from (each for each in node.body if isinstance(each, ast.FunctionDef))
    if "Choices" in bases or "Enum" in bases or "models.Model" in bases or "Owned" in bases:
        yield from (target for each in node.body if isinstance(each, ast.Assign) for target in each.targets)


def _is_yes_no_type(annotation: ast.expr | None) -> bool:
    return annotation is not None and re.fullmatch(r"bool( \| None)?|Bools", ast.unparse(annotation)) is not None


def _is_yes_no(value: ast.expr) -> bool:
    if isinstance(value, ast.Compare):
        return True
    if isinstance(value, ast.BoolOp):
        return all(map(_is_yes_no, value.values))
    if isinstance(value, ast.UnaryOp):
        return isinstance(value.op, ast.Not)
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).rpartition(".")[2] in _YES_NO_CALLS
    return isinstance(value, ast.Constant) and isinstance(value.value, bool)


def _is_code(node: ast.Assign) -> bool:
    """`PLANNED = "planned"`: the name of a code is the code."""
    name = node.targets[0]
    code = node.value.value if isinstance(node.value, ast.Constant) else None
    return isinstance(name, ast.Name) and name.id.isupper() and code == name.id.lower()
