"""`sightline load`, run as the process that an analyst starts."""

import subprocess
import sys
from pathlib import Path

from sightline.platform.audit.models import AuditRow

GOOD = Path(__file__).parents[1] / "data" / "referrals_of_ardenvale.csv"


def test_a_file_is_loaded_by_a_process_of_its_own_and_audited_under_its_sender(server_database: str) -> None:
    typed = [sys.executable, "-m", "sightline.cli.main", "load", str(GOOD), "--from", "Ardenvale Council"]
    done = subprocess.run(typed, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "5 rows of referrals" in done.stdout
    assert AuditRow.objects.using("owner").get(action="load a file").agency == "Ardenvale Council"
