# SPDX-License-Identifier: GPL-3.0-or-later
"""One copy of the source tree with its own build folder, in which faults are tried one after another."""
import os
import pathlib
import shutil
import signal
import subprocess
import time

PROGRAMS = {"core": "core_tests", "cli": "cli_tests"}
# Optimised as little as keeps the tests quick: every fault costs a compilation.
FLAGS = "-O1 -DNDEBUG"


def files_of(root):
    """The files of the tree that a build may need: those git knows or would add; without git all but build folders."""
    try:
        listed = subprocess.run(["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                check=True, capture_output=True).stdout.decode().split("\0")
        return sorted(name for name in set(listed) if name and (pathlib.Path(root) / name).is_file())
    except (OSError, subprocess.CalledProcessError):
        found = []
        for folder, folders, names in os.walk(root):
            folders[:] = [f for f in folders if f not in (".git", "build")]
            found += [os.path.relpath(os.path.join(folder, name), root) for name in names]
        return sorted(found)


class Stopped(Exception):
    """The user has stopped everything; what was running has no result."""


class Worker:
    def __init__(self, root, folder, jobs, like=None, options=(), log=print):
        self.root, self.tree = pathlib.Path(root), pathlib.Path(folder) / "tree"
        self.build = self.tree / "build"
        self.jobs, self.like, self.options, self.log = jobs, like, list(options), log
        self.current = None  # the process group that is running
        self.stopped = False

    def sync(self):
        """The copy becomes the tree, and only files that differ are written, so that little is compiled again."""
        wanted = files_of(self.root)
        for name in wanted:
            source, target = self.root / name, self.tree / name
            if target.is_file() and target.read_bytes() == source.read_bytes():
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            shutil.copymode(source, target)
        keep = set(wanted)
        for folder, folders, names in os.walk(self.tree):
            folders[:] = [f for f in folders if os.path.join(folder, f) != str(self.build)]
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), self.tree)
                if path not in keep:
                    os.remove(self.tree / path)

    def put(self, file, text):
        (self.tree / file).write_text(text, encoding="utf-8")

    def original(self, file):
        return (self.root / file).read_text(encoding="utf-8")

    def configure(self):
        """As the build that it is like: the same LibTorch, the same grouping of sources; without the window."""
        arguments = ["cmake", "-S", str(self.tree), "-B", str(self.build), "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Mutation",
                     f"-DCMAKE_CXX_FLAGS_MUTATION={FLAGS}", "-DTHAW_GUI=OFF", "-DTHAW_TESTS=ON"]
        cache = pathlib.Path(self.like or "") / "CMakeCache.txt"
        if self.like and cache.is_file():
            for line in cache.read_text(encoding="utf-8").splitlines():
                key = line.split(":", 1)[0]
                if key in ("Torch_DIR", "THAW_LIBTORCH", "CMAKE_BUILD_RPATH", "CMAKE_PREFIX_PATH", "THAW_UNITY"):
                    value = line.split("=", 1)[1]
                    if key == "Torch_DIR":  # the configuration of this repository stands in the copy too
                        value = value.replace(str(self.root) + "/packaging", str(self.tree) + "/packaging")
                    if value:
                        arguments.append(f"-D{key}={value}")
        return self.run(arguments + self.options, 600)

    def make(self, programs, limit):
        targets = sorted(programs) + (["thaw-cli"] if "cli_tests" in programs else [])
        return self.run(["ninja", "-C", str(self.build), "-j", str(self.jobs)] + targets, limit)

    def classes(self, program):
        """The test classes of a program, from its usage."""
        _, text, _ = self.run([str(self.build / "tests" / program)], 60)
        return [line.strip() for line in text.splitlines() if line.startswith("  ")]

    def test(self, name, limit):
        """(passed, output, seconds); None for passed when the limit was reached."""
        program = PROGRAMS[name.split(".")[0]]
        code, text, seconds = self.run([str(self.build / "tests" / program), name], limit, self.build / "tests")
        return None if code is None else code == 0, text, seconds

    def run(self, arguments, limit, directory=None):
        """(exit code or None, output, seconds); past the limit the whole process group ends."""
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", OMP_NUM_THREADS="1", CCACHE_BASEDIR=str(self.tree),
                           THAW_CLI=str(self.build / "bin" / "thaw-cli"))
        if self.stopped:
            raise Stopped()
        started = time.monotonic()
        process = subprocess.Popen(arguments, cwd=directory, env=environment, stdin=subprocess.DEVNULL, text=True,
                                   errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                   start_new_session=True)
        self.current = process
        try:
            text, _ = process.communicate(timeout=limit)
            code = process.returncode
        except subprocess.TimeoutExpired:
            self.end(process)
            text, _ = process.communicate()
            code = None
        except BaseException:  # Ctrl+C: nothing is left running
            self.end(process)
            raise
        finally:
            self.current = None
        if self.stopped:
            raise Stopped()
        return code, text, time.monotonic() - started

    def stop(self):
        self.stopped = True
        process = self.current
        if process:
            self.end(process)

    @staticmethod
    def end(process):
        if process.poll() is None:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
