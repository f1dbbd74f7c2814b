"""Checks a sealed audit. It stands alone: Python 3.12 and the package `cryptography`, nothing of Django or Sightline.

    python verifier.py HEADS ROWS [--kept FILE] [--key HEX]...     every row, against the signed heads
    python verifier.py --proof PROOF [--kept FILE] [--key HEX]...  that one head's tree grew into another's

HEADS and FILE are lines of JSON, as `sightline audit heads` prints them; ROWS is what `sightline audit export` writes;
`--kept` names the heads that an agency kept, `--key` a public key it trusts. Exit 0: nothing wrong. 1: faults, named.

The tree is that of RFC 6962. A row's leaf is SHA-256 of 0, the commitment and the row's text; the commitment is SHA-256
of 2, a salt and the content's text, so that content and salt may be removed and the leaf still be proved. ROWS has a
line a row, in PostgreSQL's COPY text: position, number, leaf, commitment, salt, object ids, detail, the row's text.
"""

import argparse
import json
import sys
from binascii import unhexlify
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from heapq import merge
from pathlib import Path
from typing import Any

NULL = b"\\N"
NOTHING_BEFORE = "0" * 64
REMOVED = b"content removed"
"""The action of the row that says whose content was removed, by the ids of the rows."""
FURTHEST = 1_000_000
"""How many positions in a row may be missing before the rest is given up."""
LATE_AFTER = timedelta(hours=1)
"""A row is sealed within seconds of its transaction's end; no transaction of ours runs for an hour (a judgement)."""
NAMED = 1000
"""Faults that are named; beyond them they are only counted."""


def leaf_hash(commitment: bytes, row: bytes) -> bytes:
    """The leaf of a row's text."""
    return sha256(b"\0" + commitment + row).digest()


def commitment_hash(salt: bytes, content: bytes) -> bytes:
    """What a row promises of its content, which nobody without the salt can guess it from."""
    return sha256(b"\2" + salt + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The node above two others."""
    return sha256(b"\1" + left + right).digest()


class Tree:
    """A Merkle tree that grows: it holds the roots of its full subtrees only, the largest first."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add a leaf at the end."""
        size = self.size
        while size & 1:
            leaf = sha256(b"\1" + self.peaks.pop() + leaf).digest()
            size >>= 1
        self.peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The hash of the whole; of an empty tree, that of nothing."""
        if not self.peaks:
            return sha256(b"").digest()
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root


@dataclass(frozen=True, slots=True)
class Head:
    """The signed root of the first `size` rows, and the link to the head before it. Hashes and keys are hexadecimal."""

    size: int
    at: str
    root: str
    previous: str
    key: str
    signature: str = ""

    def text(self) -> bytes:
        """What is signed."""
        return f"audit head 1\n{self.size}\n{self.at}\n{self.root}\n{self.previous}\n{self.key}\n".encode()

    def link(self) -> str:
        """What the next head says of this one, signature and all."""
        return sha256(b"\3" + self.text() + self.signature.encode()).hexdigest()

    def signed(self) -> bool:
        """Whether the signature holds under the key that the head itself names."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            key = Ed25519PublicKey.from_public_bytes(unhexlify(self.key))
            key.verify(unhexlify(self.signature), self.text())
        except (InvalidSignature, ValueError):
            return False
        return True


def read_heads(path: Path) -> Iterator[Head]:
    """The heads of a file, a line of JSON each. Raises ValueError where a line is none."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            try:
                head = Head(**json.loads(line))
                texts = (head.at, head.root, head.previous, head.key, head.signature)
                if not isinstance(head.size, int) or not all(isinstance(text, str) for text in texts):
                    raise TypeError("a size that is no number, or a hash that is no text")
            except (TypeError, json.JSONDecodeError) as wrong:
                raise ValueError(f"Line {number} of {path.name} is not a head: {line.strip()[:80]!r}") from wrong
            yield head


def proof_ranges(first: int, second: int) -> list[tuple[int, int]]:
    """The subtrees, from leaf to leaf, whose roots prove that a tree of `first` leaves grew into one of `second`."""

    def below(size: int, low: int, high: int, whole: bool) -> list[tuple[int, int]]:
        if size == high - low:
            return [] if whole else [(low, high)]
        half = 1 << (high - low - 1).bit_length() - 1
        if size <= half:
            return [*below(size, low, low + half, whole), (low + half, high)]
        return [*below(size - half, low + half, high, False), (low, low + half)]

    return below(first, 0, second, True)


def grew(first: int, second: int, first_root: bytes, second_root: bytes, proof: list[bytes]) -> bool:
    """Whether the proof shows that the tree of `second` leaves begins with the tree of `first` (RFC 9162, 2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and first_root == second_root
    path = [first_root, *proof] if first & (first - 1) == 0 else proof
    old, new = first - 1, second - 1
    while old & 1:
        old, new = old >> 1, new >> 1
    if not path:
        return False
    was = now = path[0]
    for node in path[1:]:
        if new == 0:
            return False
        if old & 1 or old == new:
            was, now = node_hash(node, was), node_hash(node, now)
            while old and not old & 1:
                old, new = old >> 1, new >> 1
        else:
            now = node_hash(now, node)
        old, new = old >> 1, new >> 1
    return was == first_root and now == second_root and new == 0


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong, at the positions `first` to `last` (from 0), of the row with this number where one is meant."""

    says: str
    first: int | None = None
    last: int | None = None
    number: int | None = None

    def __str__(self) -> str:
        return self.says


class Check:
    """Rows and heads, each read once from the first to the last; what is wrong with them is left in `faults`.

    `heads` are those beside the rows, in order of size; `kept` are an agency's own; `keys`, when given, are trusted.
    """

    def __init__(
        self,
        heads: Iterable[Head],
        kept: Iterable[Head] = (),
        keys: frozenset[str] = frozenset(),
        late_after: timedelta = LATE_AFTER,
    ) -> None:
        self.faults: list[Fault] = []
        self.count = self.waiting = 0
        """Faults in all, and rows that are not sealed yet."""
        self.emptied: dict[str, tuple[int, str]] = {}
        """Position and name of the rows without content, by id."""
        self.tree = Tree()
        self.newest: Head | None = None
        self._keys, self._late_after, self._too_early = keys, late_after, b""
        self._holds, self._proved = True, 0
        self._said: set[int] = set()
        self._may_be_empty: set[str] = set()
        beside = ((head, False) for head in heads)
        mine = ((head, True) for head in sorted(kept, key=lambda head: head.size))
        self._coming = merge(beside, mine, key=lambda pair: pair[0].size)
        self._next = next(self._coming, None)
        self._next_size = self._next[0].size if self._next else sys.maxsize

    def run(self, lines: Iterable[bytes]) -> "Check":
        """Read the lines, then see what should have come and did not."""
        tree = self.tree
        for line in lines:
            try:
                position, number, leaf, promised, salt, objects, detail, row = line.split(b"\t", 7)
                if position == NULL:
                    self._unsealed(row)
                    continue
                at, known, commitment = int(position), unhexlify(leaf), unhexlify(promised)
                content = objects + b"\t" + detail
                salted = len(salt) == 32 and commitment_hash(unhexlify(salt), content) == commitment
            except ValueError:
                self._fault(f"A line cannot be read: {line[:80]!r}", tree.size)
                continue
            if at != tree.size and not self._jump(at):
                continue
            if not salted or leaf_hash(commitment, row) != known:
                self._wrong(at, number, row, salt, content, leaf_hash(commitment, row) == known)
            elif at_of(row) < self._too_early:
                self._fault(f"{named(row)} was written long after the time it bears", at, number=int(number))
            elif REMOVED in row and row.split(b"\t")[7] == REMOVED:
                self._may_be_empty.update(objects.decode().strip("{}").split(","))
            tree.append(known)
            while self._next_size <= tree.size:
                self._reach()
        self._finish()
        return self

    def _fault(self, says: str, first: int | None = None, last: int | None = None, number: int | None = None) -> None:
        self.count += 1
        if len(self.faults) < NAMED:
            self.faults.append(Fault(says, first, first if last is None else last, number))

    def _unsealed(self, row: bytes) -> None:
        if at_of(row) < self._too_early:
            self._fault(f"{named(row)} was never sealed, though later rows are", number=int(row.split(b"\t")[0]))
        else:
            self.waiting += 1

    def _jump(self, at: int) -> bool:
        """Past positions that are missing; the heads prove nothing from there on. False where it cannot go on."""
        self._holds = False
        if not self.tree.size < at <= self.tree.size + FURTHEST:
            self._fault(f"Position {at} does not follow {self.tree.size - 1}", at)
            return False
        self._fault(f"Positions {self.tree.size} to {at - 1} are missing", self.tree.size, at - 1)
        while self.tree.size < at:
            self.tree.append(bytes(32))
        return True

    def _wrong(self, at: int, number: bytes, row: bytes, salt: bytes, content: bytes, as_sealed: bool) -> None:
        if row.startswith(NULL):
            self._fault(f"Row {number.decode()}, position {at}, is missing", at, number=int(number))
        elif not as_sealed:
            self._fault(f"{named(row)}, position {at}, is not as it was sealed", at, number=int(number))
        elif salt == NULL and content == b"{}\t{}":
            self.emptied[row.split(b"\t", 2)[1].decode()] = (at, named(row))
        else:
            self._fault(f"The content of {named(row)}, position {at}, is not as it was sealed", at, number=int(number))

    def _reach(self) -> None:
        """The tree has the size of the next head: compare them."""
        assert self._next  # noqa: S101 - its size was just compared
        head, kept = self._next
        self._trusted(head)
        if kept:
            self._reach_kept(head)
        else:
            self._reach_stored(head)
        self._next = next(self._coming, None)
        self._next_size = self._next[0].size if self._next else sys.maxsize

    def _reach_stored(self, head: Head) -> None:
        before = self.newest
        linked = head.previous == (before.link() if before else NOTHING_BEFORE)
        agrees = not self._holds or (head.size == self.tree.size and head.root == self.tree.root().hex())
        if not (linked and agrees) and not head.signed():
            self._changed_head(head)
        elif not linked and (before is None or before.signed()):
            self._fault(f"Heads before that of {head.size} rows are missing or out of order")
        elif not linked and before:
            self._changed_head(before)
        if not agrees and head.size not in self._said:
            self._not_as_signed(head, self._proved)
            self._holds = False
        if self._holds:
            self._proved = head.size
        self.newest = head
        self._too_early = moved(head.at, self._late_after)

    def _reach_kept(self, head: Head) -> None:
        if not head.signed():
            self._changed_head(head, "kept ")
        elif self._holds and (head.size != self.tree.size or head.root != self.tree.root().hex()):
            self._not_as_signed(head, 0, "kept ")

    def _not_as_signed(self, head: Head, low: int, which: str = "") -> None:
        words = f"Among positions {low} to {head.size - 1}, rows were added, removed, moved or changed"
        self._fault(f"{words}: they are not those of the {which}head signed at {head.at}", low, head.size - 1)

    def _changed_head(self, head: Head, which: str = "") -> None:
        if head.size not in self._said:
            self._said.add(head.size)
            self._fault(f"The {which}head of {head.size} rows is not as it was signed")

    def _trusted(self, head: Head) -> None:
        if self._keys and head.key not in self._keys and head.size not in self._said:
            self._said.add(head.size)
            self._fault(f"The head of {head.size} rows is signed with a key that is not trusted: {head.key}")

    def _finish(self) -> None:
        beyond = [self._next, *self._coming] if self._next else []
        if sound := [pair for pair in beyond if pair and pair[0].signed()]:
            head, kept = sound[-1]
            low, last = (self._proved if self._holds else self.tree.size), head.size - 1
            words = f"The log ends at {self.tree.size} rows, and the {'kept ' if kept else ''}head signed at {head.at}"
            self._fault(f"{words} had {head.size}: among positions {low} to {last} rows are missing", low, last)
        elif beyond:
            self._fault(f"{len(beyond)} heads beyond the last row are not as they were signed")
        if self.newest and not self.newest.signed():
            self._changed_head(self.newest)
        headed = self.newest.size if self.newest else 0
        if headed < self.tree.size:
            last = self.tree.size - 1
            self._fault(f"Positions {headed} to {last} are under no signed head", headed, last)
        for key, (at, name) in self.emptied.items():
            if key not in self._may_be_empty:
                self._fault(f"The content of {name}, position {at}, is gone and no row says why", at)


def at_of(row: bytes) -> bytes:
    """The time that a row bears: the third of its columns, of fixed width, as its id before it is."""
    return row[row.find(b"\t") + 38 :][:27]


def named(row: bytes) -> str:
    """How a fault calls a row: its number, time and action."""
    said = (*row.decode(errors="replace").split("\t"), *[""] * 8)
    return f"Row {said[0]} ({said[2]}, {said[7]}, id {said[1]})"


def moved(at: str, back: timedelta) -> bytes:
    """A time of a head, moved back, written as rows write theirs."""
    return (datetime.fromisoformat(at) - back).isoformat(timespec="microseconds")[:26].encode() + b"Z"


def proof_faults(proof: dict[str, Any], kept: Iterable[Head], keys: frozenset[str]) -> list[str]:
    """What is wrong with a proof that the tree of one head grew into that of another, and with the two heads."""
    first, second = Head(**proof["from"]), Head(**proof["to"])
    faults = [f"The head of {head.size} rows is not as it was signed" for head in (first, second) if not head.signed()]
    faults += [
        f"The head of {head.size} rows has a key not trusted" for head in (first, second) if head.key not in keys
    ]
    for head in kept:
        if any(head.size == one.size and head.root != one.root for one in (first, second)):
            faults.append(f"The head of {head.size} rows is not the one that was kept")
    nodes = [unhexlify(node) for node in proof["proof"]]
    if not grew(first.size, second.size, unhexlify(first.root), unhexlify(second.root), nodes):
        faults.append(f"The log of {second.size} rows does not begin with the log of {first.size} rows")
    return faults


def file_lines(path: Path) -> Iterator[bytes]:
    """The rows of an export, without its first line, which names the columns."""
    with path.open("rb") as lines:
        next(lines, None)
        for line in lines:
            yield line.rstrip(b"\n")


def main(words: list[str]) -> int:
    """Check files; say each fault on stdout and the sum on stderr. 2 where a file cannot be read."""
    parser = argparse.ArgumentParser(description="Check a sealed audit, or a proof that it only grew.")
    parser.add_argument("files", nargs="*", type=Path, metavar="HEADS ROWS")
    parser.add_argument("--proof", type=Path)
    parser.add_argument("--kept", type=Path, help="the heads that an agency kept")
    parser.add_argument("--key", action="append", default=[], help="a public key that is trusted, in hexadecimal")
    args = parser.parse_args(words)
    if not args.proof and len(args.files) != 2:
        parser.error("name the heads and the rows, or --proof")
    try:
        says, faults = _checked(args)
    except (OSError, ValueError, KeyError, TypeError) as wrong:
        print(f"A file cannot be read: {wrong}", file=sys.stderr)
        return 2
    for fault in faults:
        print(fault)
    trusted = "" if args.key else " No --key was given, so this shows only that they agree with each other."
    print(f"Checked {says}: {len(faults) or 'no'} faults.{trusted}", file=sys.stderr)
    return 1 if faults else 0


def _checked(args: argparse.Namespace) -> tuple[str, list[str]]:
    kept = list(read_heads(args.kept)) if args.kept else []
    if args.proof:
        proof = json.loads(args.proof.read_text(encoding="utf-8"))
        return "the proof", proof_faults(proof, kept, frozenset(args.key or [proof["from"]["key"]]))
    heads, rows = args.files
    first = kept[0] if kept else next(read_heads(heads), None)
    keys = frozenset(args.key or ([first.key] if first else []))
    check = Check(read_heads(heads), kept, keys).run(file_lines(rows))
    return f"{check.tree.size} rows", [str(fault) for fault in check.faults]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
