#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The runner on a tree of one source, whose build and tests are shell scripts: it takes a few seconds."""
import contextlib
import io
import json
import os
import pathlib
import tempfile
import unittest

import faults as fault_list
import mutants

SOURCE = "int two() { return 2; }\nint three() { return 3; }\nint unseen() { return 1; }\n"
# "Compiles" by looking for a word that no program may have; the program greps the source as it was built.
NINJA = """#!/bin/sh
build=$2
grep -q SYNTAX "$build/../core/a.cpp" && { echo "error: SYNTAX"; exit 1; }
mkdir -p "$build/tests"
cp "$build/../core/a.cpp" "$build/tests/built"
cat > "$build/tests/core_tests" <<'END'
#!/bin/sh
built="$(dirname "$0")/built"
case "$1" in
core.room.two) grep -q "return 2" "$built" || { echo "FAIL!  : two()"; exit 1; } ;;
core.other.three) grep -q "return 3" "$built" || exit 1 ;;
core.other.endless) grep -q ENDLESS "$built" && sleep 60; exit 0 ;;
*) printf 'usage: x\\n  core.other.endless\\n  core.other.three\\n  core.room.two\\n'; exit 2 ;;
esac
END
chmod +x "$build/tests/core_tests"
"""
LIST = """tests = ["core.room"]
[[fault]]
name = "room.two"
file = "core/a.cpp"
old = '''return 2'''
new = '''return 7'''
breaks = "two"
method = true
[[fault]]
name = "room.three"
file = "core/a.cpp"
old = '''return 3'''
new = '''return 4'''
breaks = "three"
[[fault]]
name = "room.endless"
file = "core/a.cpp"
old = '''int two'''
new = '''/* ENDLESS */ int two'''
breaks = "the end"
[[fault]]
name = "room.unseen"
file = "core/a.cpp"
old = '''return 1'''
new = '''return 2 - 1'''
breaks = "nothing"
equivalent = "it is the same number"
"""


class MutantsTest(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.addCleanup(self.place.cleanup)
        base = pathlib.Path(self.place.name)
        self.root, self.work, programs = base / "root", base / "work", base / "bin"
        for name, text in (("core/a.cpp", SOURCE), ("faults/room.toml", LIST)):
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text)
        programs.mkdir()
        for name, text in (("ninja", NINJA), ("cmake", "#!/bin/sh\nexit 0\n"), ("git", "#!/bin/sh\nexit 1\n")):
            (programs / name).write_text(text)
            (programs / name).chmod(0o755)
        for place, name, value in ((fault_list, "ROOT", self.root), (mutants, "limit_for", lambda seconds: 2)):
            self.addCleanup(setattr, place, name, getattr(place, name))
            setattr(place, name, value)
        self.addCleanup(os.environ.__setitem__, "PATH", os.environ["PATH"])
        os.environ["PATH"] = f"{programs}:{os.environ['PATH']}"
        original = fault_list.read_list
        self.addCleanup(setattr, fault_list, "read_list", original)
        fault_list.read_list = lambda: original(self.root / "faults")
        originalCheck = fault_list.check
        self.addCleanup(setattr, fault_list, "check", originalCheck)
        fault_list.check = lambda faults: originalCheck(faults, self.root)

    def main(self, *arguments):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = mutants.main(["--work", str(self.work), *arguments])
        return code, out.getvalue(), err.getvalue()

    def records(self):
        lines = (self.work / "results.jsonl").read_text().splitlines()
        return [json.loads(line) for line in lines]

    def test_each_fault_has_its_result_and_the_copy_is_whole_again(self):
        for jobs in ("1", "2"):
            code, out, err = self.main("--jobs", jobs)
            results = {r["name"]: (r["result"], r["by"]) for r in self.records()}
            self.assertEqual(results, {"room.two": ("killed", "core.room.two"), "room.three": ("killed", "core.other.three"),
                                       "room.endless": ("timed out", "core.other.endless"), "room.unseen": ("survived", "")})
            self.assertEqual(code, 1)  # three of four are not 95 %
            self.assertIn("3 of 4", out)
            self.assertIn("it is the same number", out)
            self.assertEqual((self.work / "0/tree/core/a.cpp").read_text(), SOURCE)

    def test_the_rule_is_kept_by_what_is_killed(self):
        self.assertEqual(self.main("room.t*")[0], 0)
        self.assertEqual(self.main("room.three", "--room-only")[0], 1)  # its own folder does not see it
        self.assertEqual(self.main("nothing.*")[0], 2)

    def test_resuming_tries_what_is_missing(self):
        self.main("room.two", "room.unseen")
        with open(self.work / "results.jsonl", "a") as stream:
            stream.write('{"name": "room.thr')  # cut off
        with open(self.work / "results.jsonl", "a") as stream:
            stream.write("\n")
        self.assertEqual(self.main("--resume", "room.t*", "room.unseen")[0], 1)
        lines = [line for line in (self.work / "results.jsonl").read_text().splitlines() if line.endswith("}")]
        self.assertEqual([json.loads(line)["name"] for line in lines], ["room.two", "room.unseen", "room.three"])
        self.main("--retry", "room.t*", "room.unseen")
        self.assertEqual(json.loads((self.work / "results.jsonl").read_text().splitlines()[-1])["name"], "room.unseen")
        # Another tree: a plain resume trusts nothing, what was killed may be left out all the same.
        (self.root / "core/a.cpp").write_text(SOURCE + "// new\n")
        before = (self.work / "results.jsonl").read_text().count("\n")
        self.assertIn("another state of the tree: 2", self.main("--report", "room.t*")[1])
        self.main("--retry", "room.t*")
        self.assertEqual((self.work / "results.jsonl").read_text().count("\n"), before)
        self.main("--resume", "room.t*")
        self.assertEqual((self.work / "results.jsonl").read_text().count("\n"), before + 2)
        self.assertNotIn("another state", self.main("--report", "room.t*")[1])

    def test_an_unchanged_tree_that_fails_is_said(self):
        (self.root / "core/a.cpp").write_text(SOURCE.replace("return 3", "return  3"))
        (self.root / "faults/room.toml").write_text(LIST.replace("return 3", "return  3"))
        code, _, err = self.main("room.two")
        self.assertEqual(code, 2)
        self.assertIn("core.other.three fails", err)

    def test_a_fault_that_does_not_compile_breaks_the_rule(self):
        (self.root / "faults/room.toml").write_text(LIST.replace("return 7", "SYNTAX"))
        code, out, _ = self.main("room.two")
        self.assertEqual((code, self.records()[0]["result"]), (1, "does not compile"))
        self.assertIn("mend the list", out)

    def test_a_list_that_rots_is_found_in_every_mode(self):
        for old, new in (("return 2'", "return 5'"), ("return 2'", "return'"), ("room.three", "room.two"),
                         ("core/a.cpp", "core/b.cpp"), ("breaks = \"two\"", ""), ("room.two", "other.two")):
            (self.root / "faults/room.toml").write_text(LIST.replace(old, new, 1))
            self.assertEqual(self.main("--check")[0], 2, (old, new))
            self.assertEqual(self.main("--list")[0], 2)
        (self.root / "faults/room.toml").write_text(LIST)
        code, out, _ = self.main("--check")
        self.assertEqual(code, 0)
        self.assertIn("4 faults, 1 of them", out)


if __name__ == "__main__":
    unittest.main()
