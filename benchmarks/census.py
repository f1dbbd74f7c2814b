"""What does `sightline check` cost on a full year's census?

Invents a census larger than a mid-sized council's in every table, and checks it as a process of its own, as whoever
types the command does. Prints processor seconds (Python's own start included) and peak memory, beside those of a bare
Python that does nothing, so that a ratio means something on any machine. The target is at most one processor second
and 300 MB for 3,300 children with 3,511 episodes, 3,511 assessments, 10,552 factors, 1,217 enquiries and 371 plans.
Words after the command are numbers of children.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from sightline.datasets.cin_census.checking import check
from sightline.demonstration.census import invent_census

TARGET = {
    "CINdetails": 3511,
    "Assessments": 3511,
    "AssessmentFactors": 10_552,
    "Section47": 1217,
    "ChildProtectionPlans": 371,
}
SIZES = (3300, 4200)
ROUNDS = 5
YEAR = "2025-26"


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    print(f"{'file':<24}{'MB':>7}{'CPU s':>8}{'ratio':>8}{'peak MB':>9}  rows")
    bare, memory = cost("pass")
    print(f"{'(a bare Python)':<24}{'':>7}{bare:>8.3f}{1:>8.1f}{memory:>9.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for children in sizes:
            path = Path(folder) / f"census_{children}.xml"
            invent_census(path, YEAR, children=children)
            spent, memory = cost(f"from sightline.cli.main import main; main(['check', {str(path)!r}])")
            size = path.stat().st_size / 1_000_000
            rows = check(path).rows
            full = (
                "a full year" if all(rows[table] >= count for table, count in TARGET.items()) else "under a full year"
            )
            said = f"{full}: {', '.join(f'{rows[table]:,} {table}' for table in TARGET)}"
            print(f"{f'{children:,} children':<24}{size:>7.1f}{spent:>8.3f}{spent / bare:>8.1f}{memory:>9.1f}  {said}")


def cost(script: str) -> tuple[float, float]:
    """Processor seconds and peak megabytes of a Python that runs this: the least of a few rounds."""
    found = [once(script) for _ in range(ROUNDS)]
    return min(spent for spent, _ in found), min(memory for _, memory in found)


def once(script: str) -> tuple[float, float]:
    # The peak is told by the process itself: what the system counts for a child begins with its parent's.
    told = "; print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
    words = [sys.executable, "-c", script + told]
    started = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    said = started.stdout.read() if started.stdout else ""
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        sys.exit(f"{script} ended with {started.returncode}")
    return used.ru_utime + used.ru_stime, int(said.split()[-1]) / 1024


if __name__ == "__main__":
    main()
