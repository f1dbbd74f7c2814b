"""Whatever answers with something other than a secure HTML page is in the catalogue of what leaves, with a canary.

A module of `src/sightline` that draws a file, writes a spreadsheet, sends an email or answers with anything but a page
has to be named by a kind of artefact (`outgoing/kinds.py`), and every kind has to be made by the canary test
(`tests/evidence/canary_kinds.py`). Commands print to a terminal, so each is named too, or is listed as harmless.
"""

import ast
from collections.abc import Iterable
from pathlib import Path

from tools.gates.sources import written_files

MAKES = {
    "EmailMessage": "sends an email",
    "EmailMultiAlternatives": "sends an email",
    **dict.fromkeys(("send_mail", "send_mass_mail", "mail_admins", "mail_managers"), "sends an email"),
    "FileResponse": "answers with a file",
    "StreamingHttpResponse": "answers with a stream",
    "JsonResponse": "answers with JSON",
    "file_answer": "answers with a file",
    "script_answer": "answers a script",
    "Lines": "fills a spreadsheet that is asked for",
    "csv_file": "writes a spreadsheet",
    "xlsx_file": "writes a spreadsheet",
    "word_document": "draws a Word file",
    "write_bytes": "writes a file",
}
"""Calls by which content leaves, and what each does."""
MODULES = {"csv": ("writer", "DictWriter"), "typst": ("compile",)}
WRITERS = ("docx", "fpdf", "icalendar", "openpyxl", "reportlab", "smtplib", "vobject", "weasyprint", "xlsxwriter")
"""Libraries that draw documents, spreadsheets and invitations, or send them."""
INVITATION = ("BEGIN:VCALENDAR", "text/calendar")
HEADERS = ("Content-Disposition",)
THE_WAY_OUT = ("outgoing.spreadsheet", "web.leaving")
"""The one writer and the one answer, which others call."""
SENDS_NOTHING = {"platform.settings.doctor": "asks the mail server whether it answers"}
KINDS = "src/sightline/outgoing/kinds.py"
CANARIES = "tests/evidence/canary_kinds.py"
COMMANDS = "src/sightline/cli/main.py"
HARMLESS = {
    **dict.fromkeys(("working-days", "due", "spc"), "works out what it is given"),
    **dict.fromkeys(("serve", "worker", "migrate", "account", "doctor", "demo"), "prints how it went"),
    **dict.fromkeys(("docs", "invent-census"), "writes what is declared or invented"),
}
"""Commands from which nothing of anybody's record leaves, and why."""


def faults(root: Path) -> list[str]:
    """Modules and commands that are in no kind of artefact, and kinds without a canary."""
    kinds = _kinds(root / KINDS)
    if not kinds:
        return []
    named = {module for modules in kinds.values() for module in modules}
    planted = _keys(root / CANARIES, "MADE")
    found = [f"{KINDS}: {kind} has no canary in {CANARIES}" for kind in kinds if kind not in planted]
    source = root / "src" / "sightline"
    for path in written_files(root, {".py"}):
        if not path.is_relative_to(source) or "demonstration" in path.parts:
            continue
        module = ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")
        if module in named or module in (*THE_WAY_OUT, *SENDS_NOTHING):
            continue
        for line, what in _leaves(ast.parse(path.read_text(encoding="utf-8"))):
            found.append(f"{path.relative_to(root)}:{line}: {what}; name sightline.{module} in a kind of {KINDS}")
    return found + _commands(root / COMMANDS, named)


def _leaves(tree: ast.AST) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in MAKES:
                found.append((node.lineno, MAKES[name]))
            case ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr=name)) if name in MODULES.get(module, ()):
                found.append((node.lineno, f"calls {module}.{name}"))
            case ast.Call(func=ast.Name(id="HttpResponse") | ast.Attribute(attr="HttpResponse")) if _of_its_own(node):
                found.append((node.lineno, "answers with a content type of its own"))
            case ast.Import(names=names) if library := _writer(one.name for one in names):
                found.append((node.lineno, f"uses {library}"))
            case ast.ImportFrom(module=str(module)) if library := _writer([module]):
                found.append((node.lineno, f"uses {library}"))
            case ast.Constant(value=str(text)) if text.startswith(INVITATION):
                found.append((node.lineno, "makes a calendar invitation"))
            case ast.Subscript(slice=ast.Constant(value=str(header))) if header in HEADERS:
                found.append((node.lineno, f"sets {header}"))
            case _:
                pass
    return found


def _of_its_own(call: ast.Call) -> bool:
    """Whether an answer says what type its content is, by name or by place."""
    return len(call.args) > 1 or any(one.arg == "content_type" for one in call.keywords)


def _writer(modules: Iterable[str]) -> str:
    """The first of these modules that is of a library which writes what leaves; empty where none is."""
    return next((name for name in modules if name.partition(".")[0] in WRITERS), "")


def _kinds(path: Path) -> dict[str, tuple[str, ...]]:
    """Every kind with the modules that make it, read from the catalogue's own source."""
    if not path.exists():
        return {}
    calls = [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Kind"
    ]
    return {_texts(call.args[0])[0]: _texts(call.args[3]) for call in calls}


def _texts(node: ast.AST) -> tuple[str, ...]:
    return tuple(one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str))


def _keys(path: Path, name: str) -> set[str]:
    """Keys of a dictionary that a module assigns to a name."""
    if not path.exists():
        return set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=found)], value=ast.Dict(keys=keys))
                | ast.AnnAssign(target=ast.Name(id=found), value=ast.Dict(keys=keys))
            ) if found == name:
                return {text for one in keys if one for text in _texts(one)}
            case _:
                pass
    return set()


def _commands(path: Path, named: set[str]) -> list[str]:
    if not path.exists():
        return []
    modules = {
        _texts(key)[0]: _texts(value)[0].removeprefix("sightline.")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)
        for key, value in zip(node.value.keys, node.value.values, strict=True)
        if key and _texts(key) and _texts(value)
    }
    return [
        f"{COMMANDS}: the command {command} is in no kind of artefact; name it in {KINDS}, or say why it is harmless"
        for command, module in modules.items()
        if command not in HARMLESS and module not in named
    ]
