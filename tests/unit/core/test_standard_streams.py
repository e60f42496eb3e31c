from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.full_disk import needs_dev_full

ROOT = Path(__file__).resolve().parents[3]

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="a shell closes the streams")

CLOSED = ["<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"]

LOOK = """
import os, subprocess, sys
from genre_desktop.core.standard_streams import prepare_streams
prepare_streams()
opened = os.open(sys.argv[1], os.O_CREAT | os.O_RDWR)
print("a result")
print("a message", file=sys.stderr)
sys.stdout.flush()
os.write(1, b"of a codec"); os.write(2, b"of a driver")
assert opened > 2, opened
assert os.read(opened, 100) == b"", "somebody printed into the file"
assert sys.stdin.read() == "", "nothing to read"
child = "import os; [os.fstat(stream) for stream in range(3)]"
sys.exit(subprocess.run([sys.executable, "-c", child], close_fds=True).returncode)
"""


def run_shell(redirection: str, code: str, *words: object) -> subprocess.CompletedProcess[bytes]:
    command = ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "-c", code, *map(str, words)]
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True)


@posix_only
@pytest.mark.parametrize("redirection", CLOSED)
def test_a_closed_stream_gives_its_place_to_no_file(tmp_path: Path, redirection: str) -> None:
    done = run_shell(redirection, LOOK, tmp_path / "file")
    assert done.returncode == 0, done.stderr
    assert done.stdout == (b"" if ">&-" in redirection.replace("2>&-", "") else b"a result\nof a codec")


PRINT_MUCH = """
import sys
from genre_desktop.core.standard_streams import prepare_streams
prepare_streams()
for number in range(3000):
    print("a message of some length", number, file=sys.stderr)
    print("result", number)
sys.exit(7)
"""


@needs_dev_full
@pytest.mark.parametrize("options", [[], ["-u"]])
def test_messages_that_nobody_takes_cost_no_result_and_no_status(options: list[str]) -> None:
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, *options, "-c", PRINT_MUCH], env=environment, stdout=subprocess.PIPE, stderr=full
        )
    assert (done.returncode, len(done.stdout.splitlines())) == (7, 3000)


@posix_only
def test_a_reader_of_messages_who_leaves_costs_no_result() -> None:
    environment = dict(os.environ, PYTHONPATH=str(ROOT))
    command = [sys.executable, "-c", PRINT_MUCH]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stderr is not None and process.stdout is not None
        process.stderr.close()
        results = process.stdout.read()
    assert (process.returncode, len(results.splitlines())) == (7, 3000)
