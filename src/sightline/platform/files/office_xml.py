"""What an XML part of an Office or OpenDocument package does when it is opened: nothing, or the file is refused.

Read as the programs that open it read it, with a real parser: prefixes, entities of characters, comments and encodings
hide nothing. Names are compared without their prefix, which whoever writes a file may choose. A document type
declaration, the one way to entities that swell or read other files, is refused where it begins.
"""

import re
from collections.abc import Mapping
from typing import NoReturn
from xml.parsers import expat

from sightline.platform.files.refusals import FileRefused

_SCRIPTS = frozenset({"event-listener", "script", "plugin", "applet"})
_LIVE_LINKS = frozenset({"ddeLink", "dde-source", "dde-connection-decl"})
_FOLLOWED_BY_CHOICE = "/hyperlink"
# Relationships that act or bring in another file wherever they lead. The last part of the type, in small letters.
_ACTING_TYPES = frozenset(
    {"vbaproject", "wordvbadata", "control", "activexcontrolbinary", "xlmacrosheet", "xlintlmacrosheet"}
)
_FETCHING_TYPES = frozenset(
    {"oleobject", "package", "afchunk", "subdocument", "externallink", "connections", "webextensiontaskpanes"}
)
_MACRO_TYPES = re.compile(r"macroEnabled|vbaProject|ms-office\.activeX", re.I)
_ELSEWHERE = re.compile(r"\s*((?!data:)[a-z][a-z0-9+.-]*:|[/\\]{2})", re.I)
_BESIDE = re.compile(r"\s*([/\\]|\.\.)")
"""Within a package of OpenDocument nothing lies above or outside; a relationship of Office may begin so."""
_FIELDS = ("instrText", "delInstrText")
_FETCHING_FIELD = re.compile(r"\s*(include(picture|text)?|import|link|database|rd)\b", re.I)
_OTHER_PROGRAM = re.compile(r"\bdde(auto)?\b", re.I)
_FORMULAS = ("f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula")
_FETCHING_FORMULA = re.compile(r"\b(webservice|image|rtd|call|register(\.id)?|sql\.request|dde)\s*\(", re.I)
_ANOTHER_BOOK = re.compile(r"'[^']*\[[^']*'\s*!")
_WORDS = re.compile(r'"[^"]*"')
_NAMES = re.compile(r"'[^']*'|\[[^\[\]]*\]")


def looks_like_xml(content: bytes) -> bool:
    """Whether a part is XML whatever its name: which part is the document is said within the package."""
    start = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith((b"<", b"\x00<", b"\xff\xfe", b"\xfe\xff"))


def refuse_active_xml(name: str, content: bytes) -> None:
    """Raises FileRefused where the part acts, fetches or cannot be read.

    Excel itself writes drawings (.vml) that are no XML after some line; those are read as far as they go.
    """
    try:
        _Part().read(content)
    except FileRefused:
        raise
    except (expat.ExpatError, LookupError, ValueError) as broken:
        if not name.lower().endswith(".vml"):
            raise refused("broken", "A part of the file cannot be read", "under a new name") from broken


def refused(code: str, what: str, how: str) -> FileRefused:
    """A refusal that says what is wrong and what may be attached instead."""
    return FileRefused(code, f"{what}. Save it as a PDF, or save a copy {how}, and attach that.")


class _Part:
    """One part being read: the codes of the fields that are open (Word's may be split and lie within each other)."""

    def __init__(self) -> None:
        self._fields = [""]
        self._formula = ""
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = _acts

    def read(self, content: bytes) -> None:
        self._parser.Parse(content, True)
        for code in self._fields:
            _refuse_field(code)

    def _start(self, element: str, given: Mapping[str, str]) -> None:
        name = _local(element)
        if name in _SCRIPTS:
            _acts()
        if name in _LIVE_LINKS:
            _fetches()
        if name == "Relationship":
            _refuse_relationship(given)
        elif name in ("Default", "Override"):
            _refuse_type(given)
        elif name == "fldChar":
            self._field(_of(given, "fldCharType"))
        elif name == "fldSimple":
            _refuse_field(_of(given, "instr"))
        elif name in _FIELDS:
            self._parser.CharacterDataHandler = self._more_of_a_field
        elif name in _FORMULAS:
            self._formula = ""
            self._parser.CharacterDataHandler = self._more_of_a_formula
        else:
            self._parser.CharacterDataHandler, self._formula = None, ""
            if name != "a":
                _refuse_source(name, given)

    def _end(self, element: str) -> None:
        name = _local(element)
        if name in _FIELDS:
            self._parser.CharacterDataHandler = None
        elif name in _FORMULAS:
            self._parser.CharacterDataHandler = None
            _refuse_formula(self._formula)

    def _more_of_a_field(self, text: str) -> None:
        self._fields[-1] += text

    def _more_of_a_formula(self, text: str) -> None:
        self._formula += text

    def _field(self, at: str) -> None:
        if at == "begin":
            self._fields.append("")
        elif at == "end":
            _refuse_field(self._fields.pop())
            self._fields = self._fields or [""]


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _of(given: Mapping[str, str], wanted: str) -> str:
    return next((value for name, value in given.items() if _local(name) == wanted), "")


def _refuse_relationship(given: Mapping[str, str]) -> None:
    """What leads out of the package is refused, unless a reader has to choose to follow it."""
    kind = _of(given, "Type").strip()
    last = kind.rpartition("/")[2].lower()
    if last in _ACTING_TYPES:
        _acts()
    leads_out = _of(given, "TargetMode").strip().lower() == "external" or _ELSEWHERE.match(_of(given, "Target"))
    if last in _FETCHING_TYPES or (leads_out and not kind.endswith(_FOLLOWED_BY_CHOICE)):
        _fetches()


def _refuse_type(given: Mapping[str, str]) -> None:
    """A content type that says that a part holds macros."""
    if _MACRO_TYPES.search(_of(given, "ContentType")):
        raise refused("macros", "The file holds macros, which can carry viruses", "without macros")


def _refuse_source(name: str, given: Mapping[str, str]) -> None:
    """What is read from outside the package as the file opens: a picture, section or object, or a table's formula."""
    for key, value in given.items():
        local = _local(key)
        source = (local == "href" and (key != local or name == "image")) or (local == "src" and name == "imagedata")
        if source and (_ELSEWHERE.match(value) or _BESIDE.match(value)):
            _fetches()
        if local == "formula" and _FETCHING_FORMULA.search(_WORDS.sub("", value)):
            _fetches()


def _refuse_field(code: str) -> None:
    if _FETCHING_FIELD.match(code) or _OTHER_PROGRAM.search(code):
        _fetches()


def _refuse_formula(formula: str) -> None:
    """A formula that asks another program (which is named before a bar), book or place; quoted words are only words."""
    asks = _WORDS.sub('""', formula)
    if _FETCHING_FORMULA.search(_NAMES.sub("", asks)) or _ANOTHER_BOOK.search(asks) or "|" in _NAMES.sub("", asks):
        _fetches()


def _acts(*declared: object) -> NoReturn:
    raise refused("macros", "The file holds instructions that a document does not need", "without them")


def _fetches() -> NoReturn:
    raise refused("fetches", "The file fetches something from elsewhere when it is opened", "without links to files")
