"""PDF/UA-1 by veraPDF: which files were validated, and which rules failed, how often and where first."""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERAPDF = ROOT / ".tools" / "verapdf" / "cli.jar"


@dataclass
class Rule:
    """A rule of the profile that failed: how many checks of it, in which files, and one example."""

    clause: str
    test: str
    says: str
    example: str
    checks: int = 0
    files: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """Clause and test, as veraPDF's documentation lists them."""
        return f"{self.clause}-{self.test}"


@dataclass
class Outcome:
    """What veraPDF found in a run over many files."""

    version: str = ""
    profile: str = ""
    files: list[str] = field(default_factory=list)
    checks: int = 0
    """How many checks were made in all files, the failed ones counted."""
    rules: dict[str, Rule] = field(default_factory=dict)
    broken: dict[str, str] = field(default_factory=dict)
    """Files that could not be validated, and why."""

    def faults(self, name: str) -> list[str]:
        """What is wrong with a file."""
        told = [f"{rule.name}: {rule.says} ({rule.example})" for rule in self.rules.values() if name in rule.files]
        return [self.broken[name], *told] if name in self.broken else told


def validate(paths: Iterable[Path], names: Iterable[str]) -> Outcome:
    """Validate files with the profile of PDF/UA-1 in one run of Java."""
    by_path = {str(path.resolve()): name for path, name in zip(paths, names, strict=True)}
    call = ["java", "-jar", str(VERAPDF), "--flavour", "ua1", "--format", "xml", "--maxfailuresdisplayed", "1"]
    done = subprocess.run([*call, *by_path], capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        why = (done.stderr.strip().splitlines() or ["no output"])[-1]
        return Outcome(files=list(by_path.values()), broken=dict.fromkeys(by_path.values(), f"veraPDF: {why}"))
    return read(done.stdout, by_path)


def read(report: str, by_path: dict[str, str]) -> Outcome:
    """The outcome from veraPDF's report; a file that the report leaves out is broken."""
    root = ET.fromstring(report)
    found = Outcome(root.find(".//releaseDetails[@id='core']").get("version"))
    for job in root.iter("job"):
        name = by_path[job.findtext("item/name")]
        found.files.append(name)
        result = job.find("validationReport")
        if result is None or result.get("jobEndStatus") != "normal":
            found.broken[name] = f"veraPDF: {job.findtext('taskException/exceptionMessage') or 'not validated'}"
            continue
        found.profile = result.get("profileName")
        details = result.find("details")
        found.checks += int(details.get("passedChecks")) + int(details.get("failedChecks"))
        for node in details.findall("rule[@status='failed']"):
            add(found, name, node)
    for name in by_path.values():
        if name not in found.files:
            found.files.append(name)
            found.broken[name] = "veraPDF: not in its report"
    return found


def add(found: Outcome, name: str, node: ET.Element) -> None:
    """Count a rule that failed in a file."""
    clause, test = node.get("clause"), node.get("testNumber")
    example = node.findtext("check/context") or ""
    rule = found.rules.setdefault(f"{clause}-{test}", Rule(clause, test, node.findtext("description"), example))
    rule.checks += int(node.get("failedChecks"))
    rule.files.add(name)
