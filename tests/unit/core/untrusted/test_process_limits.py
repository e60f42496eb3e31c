"""A child process can be kept from taking all the memory there is, and from writing it to the disk."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps such a limit")

BEGINNING = (
    "from genre_desktop.core.untrusted.process_limits import MIB, disable_core_dumps, limit_memory\nimport resource\n"
)


def output_of(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", BEGINNING + program], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_what_is_beyond_the_limit_is_an_error_where_it_is_asked_for() -> None:
    program = """
assert limit_memory(200 * MIB)
within = bytearray(100 * MIB)
try:
    beyond = bytearray(300 * MIB)
except MemoryError:
    del within
    print("an error, and on with", len(bytearray(100 * MIB)) // MIB)
"""
    assert output_of(program) == "an error, and on with 100"


def test_what_is_there_already_is_not_counted() -> None:
    program = """
before = bytearray(500 * MIB)
assert limit_memory(200 * MIB)
print(len(bytearray(100 * MIB)) // MIB)
"""
    assert output_of(program) == "100"


def test_a_limit_is_lowered_and_never_raised() -> None:
    program = """
assert limit_memory(200 * MIB)
first = resource.getrlimit(resource.RLIMIT_AS)
assert limit_memory(10_000 * MIB)
print(resource.getrlimit(resource.RLIMIT_AS) == first)
"""
    assert output_of(program) == "True"


def test_a_crash_leaves_no_image_of_the_memory() -> None:
    assert output_of("disable_core_dumps()\nprint(resource.getrlimit(resource.RLIMIT_CORE))") == "(0, 0)"


def test_what_the_parent_has_filled_is_not_this_process_s_own() -> None:
    large = bytearray(b"x") * (600 << 20)  # the system's own figure of the most memory begins with it in a child
    peak = output_of("from genre_desktop.core.untrusted.process_limits import peak_memory\nprint(peak_memory() // MIB)")
    assert int(peak) < len(large) // 2**20 // 2
