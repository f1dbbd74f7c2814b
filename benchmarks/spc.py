"""How long do the charts of 10,000 series of 60 points take? Invented series; one process, as the nightly work has.

The target is under 2 seconds. Prints the seconds of wall time and of this process's own CPU time.
"""

import random
import sys
import time

from sightline.indicators.spc import xmr

SERIES, POINTS = 10_000, 60
TARGET_SECONDS = 2.0


def main() -> None:
    pick = random.Random(7)
    made = [[pick.gauss(70, 6) for _ in range(POINTS)] for _ in range(SERIES)]
    periods = [str(number) for number in range(POINTS)]
    began, began_cpu = time.perf_counter(), time.process_time()
    signals = 0
    for values in made:
        signals += xmr(values, periods, improvement="increase", target=75).variation != "common_cause"
    spent, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    print(f"{SERIES:,} series of {POINTS} points: {spent:.2f} s, {cpu:.2f} s of CPU, {signals:,} end in a signal")
    sys.exit(cpu >= TARGET_SECONDS)


if __name__ == "__main__":
    main()
