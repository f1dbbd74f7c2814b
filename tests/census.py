"""A census of one child, written by hand, for tests to spoil; and what the command says of a file."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HEADER = """<Header>
    <CollectionDetails>
      <Collection>CIN</Collection>
      <Year>2026</Year>
      <ReferenceDate>2026-03-31</ReferenceDate>
    </CollectionDetails>
    <Source>
      <SourceLevel>L</SourceLevel>
      <LEA>999</LEA>
      <SoftwareCode>By hand</SoftwareCode>
      <Release>1</Release>
      <SerialNo>001</SerialNo>
      <DateTime>2026-04-30T09:30:00</DateTime>
    </Source>
  </Header>"""

CHILD = """<Child>
      <ChildIdentifiers>
        <LAchildID>AV1</LAchildID>
        <UPN>A999000000001</UPN>
        <PersonBirthDate>2015-03-27</PersonBirthDate>
        <Sex>F</Sex>
      </ChildIdentifiers>
      <ChildCharacteristics>
        <Ethnicity>WBRI</Ethnicity>
        <Disabilities>
          <Disability>HEAR</Disability>
          <Disability>LD</Disability>
        </Disabilities>
      </ChildCharacteristics>
      <CINdetails>
        <CINreferralDate>2025-05-06</CINreferralDate>
        <ReferralSource>2A</ReferralSource>
        <PrimaryNeedCode>N1</PrimaryNeedCode>
        <Assessments>
          <AssessmentActualStartDate>2025-05-07</AssessmentActualStartDate>
          <AssessmentAuthorisationDate>2025-06-20</AssessmentAuthorisationDate>
          <FactorsIdentifiedAtAssessment>
            <AssessmentFactors>3B</AssessmentFactors>
            <AssessmentFactors>18A</AssessmentFactors>
          </FactorsIdentifiedAtAssessment>
        </Assessments>
        <CINPlanDates>
          <CINPlanStartDate>2025-06-23</CINPlanStartDate>
        </CINPlanDates>
        <Section47>
          <S47ActualStartDate>2025-05-08</S47ActualStartDate>
          <InitialCPCtarget>2025-05-30</InitialCPCtarget>
          <DateOfInitialCPC>2025-05-29</DateOfInitialCPC>
          <ICPCnotRequired>false</ICPCnotRequired>
        </Section47>
        <ReferralNFA>0</ReferralNFA>
        <ChildProtectionPlans>
          <CPPstartDate>2025-05-29</CPPstartDate>
          <InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
          <LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse>
          <NumberOfPreviousCPP>0</NumberOfPreviousCPP>
          <Reviews>
            <CPPreviewDate>2025-08-20</CPPreviewDate>
          </Reviews>
        </ChildProtectionPlans>
      </CINdetails>
    </Child>"""

MESSAGE = f"""<?xml version="1.0" encoding="UTF-8"?>
<Message>
  {HEADER}
  <Children>
    {CHILD}
  </Children>
</Message>
"""


def written(folder: Path, *changes: tuple[str, str], text: str = MESSAGE, name: str = "census.xml") -> Path:
    """The hand-written census with each first text put in place of the second, as a file."""
    for old, new in changes:
        assert old in text, f"{old!r} is not in the census"
        text = text.replace(old, new, 1)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def command(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `sightline` as whoever types it does."""
    return subprocess.run(
        [sys.executable, "-m", "sightline.cli.main", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def checked(path: Path, *words: str) -> tuple[int, dict[str, Any]]:
    """The exit status of `sightline check` and what it printed as JSON."""
    done = command("check", str(path), "--format", "json", *words)
    return done.returncode, json.loads(done.stdout)
