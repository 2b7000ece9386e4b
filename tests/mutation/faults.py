# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of faults: one TOML file a folder of the source in tests/mutation/faults.

    tests = ["core.gan"]     # prefixes of the test classes that look first; the rest of core follows
    [[fault]]
    name = "gan.real-and-fake-exchanged"
    file = "core/gan/gan_loss.cpp"
    old = '''...'''          # occurs exactly once in the file, on one line
    new = '''...'''          # what stands there instead
    breaks = "what the program then does wrong"
    method = true            # optional: one of the faults that must be killed, whatever the share
    equivalent = "..."       # optional: why no test can see it
    tests = [...]            # optional: other classes than the folder's
"""
import dataclasses
import fnmatch
import hashlib
import pathlib
import tomllib

FOLDER = pathlib.Path(__file__).resolve().parent / "faults"
ROOT = pathlib.Path(__file__).resolve().parents[2]
FIELDS = {"name", "file", "old", "new", "breaks", "method", "equivalent", "tests"}


@dataclasses.dataclass(frozen=True)
class Fault:
    name: str
    file: str
    old: str
    new: str
    breaks: str
    tests: tuple
    method: bool = False
    equivalent: str = ""

    @property
    def room(self):
        """The folder it belongs to: the part of its name before the dot."""
        return self.name.split(".")[0]

    @property
    def key(self):
        """Changes when the fault does, so that an old result is not taken for it."""
        return hashlib.sha256("\0".join((self.file, self.old, self.new)).encode()).hexdigest()[:12]

    def applied(self, text):
        """The text with the fault in it; ValueError where the old text is not there exactly once."""
        count = text.count(self.old)
        if count != 1:
            raise ValueError(f"{self.name}: its old text occurs {count} times in {self.file}")
        return text.replace(self.old, self.new)


def read_list(folder=FOLDER):
    """All faults in the order of the files, and what is wrong with the list itself."""
    faults, problems = [], []
    for path in sorted(pathlib.Path(folder).glob("*.toml")):
        try:
            content = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            problems.append(f"{path.name}: {error}")
            continue
        for entry in content.get("fault", []):
            name = entry.get("name", "?")
            unknown = set(entry) - FIELDS
            absent = {"name", "file", "old", "new", "breaks"} - set(entry)
            if unknown or absent:
                problems.append(f"{path.name}, {name}: unknown {sorted(unknown)}, absent {sorted(absent)}")
                continue
            entry.setdefault("tests", content.get("tests", []))
            entry["tests"] = tuple(entry["tests"])
            faults.append(Fault(**entry))
            if not name.startswith(path.stem + "."):
                problems.append(f"{path.name}: the name {name} does not begin with '{path.stem}.'")
            if not entry["tests"]:
                problems.append(f"{name}: names no tests")
    names = [fault.name for fault in faults]
    problems += [f"{name}: is listed twice" for name in sorted(set(names)) if names.count(name) > 1]
    return faults, problems


def check(faults, root=ROOT):
    """Every old text stands in its file exactly once, on one line, and the new one differs."""
    problems, texts = [], {}
    for fault in faults:
        path = pathlib.Path(root) / fault.file
        if fault.file not in texts:
            texts[fault.file] = path.read_text(encoding="utf-8") if path.is_file() else None
        text = texts[fault.file]
        if text is None:
            problems.append(f"{fault.name}: there is no {fault.file}")
        elif "\n" in fault.old or "\n" in fault.new or fault.old == fault.new or not fault.old:
            problems.append(f"{fault.name}: is no change of one line")
        else:
            try:
                fault.applied(text)
            except ValueError as error:
                problems.append(str(error))
    return problems


def chosen(faults, patterns):
    """Those whose name is or matches one of the patterns; all without patterns."""
    if not patterns:
        return faults
    return [f for f in faults if any(fnmatch.fnmatchcase(f.name, p) for p in patterns)]
