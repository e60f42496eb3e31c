"""Run the smoke test: ``python -m smoke [FOLDER]``, or ``python3 run.py package --smoke``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smoke.command_line import check_classify, check_start, check_training
from smoke.journal import Journal, SmokeError
from smoke.log_check import check_logs
from smoke.sandbox import Sandbox
from smoke.screen import Screen
from smoke.window import check_window

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Test the package; 0 when all of it works."""
    parser = argparse.ArgumentParser(prog="smoke", description="Use the packaged program as a stranger would.")
    parser.add_argument("built", nargs="?", type=Path, default=ROOT / "dist" / "genre-desktop", metavar="FOLDER")
    parser.add_argument("--picture", type=Path, default=ROOT / "build" / "smoke" / "window.png", metavar="FILE")
    chosen = parser.parse_args()
    journal = Journal()
    try:
        _test(chosen.built, chosen.picture.resolve(), journal)
    except SmokeError as error:
        print(f"\nThe smoke test failed: {error}", file=sys.stderr)
        return 1
    journal.close()
    return 0


def _test(built: Path, picture: Path, journal: Journal) -> None:
    with journal.step("copy the program, read-only") as step:
        sandbox = Sandbox(built)
        step.note(f"{sandbox.program}, for the user {sandbox.user}")
    try:
        check_start(sandbox, journal)
        check_classify(sandbox, journal)
        check_training(sandbox, journal)
        screen = Screen()
        try:
            check_window(sandbox, journal, screen, picture)
        except SmokeError:
            screen.shoot(picture)
            print(f"         The screen as it was then: {picture}", flush=True)
            raise
        finally:
            screen.close()
        with journal.step("nothing fatal in the logs") as step:
            step.note(check_logs(sandbox.home))
        with journal.step("the program folder is as it was, no temporary files"):
            sandbox.demand_unchanged()
            sandbox.demand_tidy()
    finally:
        sandbox.remove()


if __name__ == "__main__":
    sys.exit(main())
