"""The archive with its scripts, and the Debian package, made of a small stand-in for the program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import deb_libraries
import deb_texts
import make_deb
import make_tar
import pytest

from tests.support.waiting import PATIENCE_S

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="packages for Linux")


@pytest.fixture
def unpacked(program_folder: Path, tmp_path: Path) -> Path:
    """The archive, unpacked at a place with a space, a quote and a letter that is not ASCII."""
    if shutil.which("xz") is None:
        pytest.skip("xz is not installed")
    archive = make_tar.make_tar(program_folder, tmp_path / "out", "xz")
    place = tmp_path / 'Neue "Dateien" ü'
    place.mkdir()
    subprocess.run(["tar", "-xf", str(archive), "-C", str(place), "--strip-components=1"], check=True)
    return place


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home of its own, at a place that needs every kind of quoting."""
    home = tmp_path / 'my $home 100% "so"'
    home.mkdir()
    return home


def run(
    script: Path, home: Path, *arguments: str, answer: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(script), *arguments],
        env={"HOME": str(home), "PATH": os.environ["PATH"], **variables},
        input=answer,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def test_install_and_uninstall(unpacked: Path, home: Path) -> None:
    done = run(unpacked / "install.sh", home)
    assert done.returncode == 0, done.stderr
    program = home / ".local/opt/genre-desktop"
    link = home / ".local/bin/genre-desktop"
    assert subprocess.check_output([link, "check"], text=True) == "genre-desktop check\n"
    assert (program / "_internal/alias.so").is_symlink()
    entry = (home / ".local/share/applications/genre-desktop.desktop").read_text(encoding="utf-8")
    # https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
    quoted = str(program / "genre-desktop-window").replace("$", r"\\$").replace('"', r"\\" + '"').replace("%", "%%")
    assert f'Exec="{quoted}" %F\n' in entry
    assert (home / ".local/share/icons/hicolor/48x48/apps/genre-desktop.png").is_file()

    settings = home / ".config/genre-desktop/settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text("{}")
    done = run(program / "uninstall.sh", home)
    assert done.returncode == 0, done.stderr
    left = everything(home) - {".local", ".local/share", ".config", ".config/genre-desktop"}
    assert left == {".config/genre-desktop/settings.json"}


def test_an_update_replaces_all_of_the_older_version(unpacked: Path, home: Path) -> None:
    run(unpacked / "install.sh", home)
    program = home / ".local/opt/genre-desktop"
    (program / "_internal/of-the-older-version.so").write_text("")
    dropped = home / ".local/share/icons/hicolor/999x999/apps/genre-desktop.png"
    dropped.parent.mkdir(parents=True)
    dropped.write_text("")
    with (program / "installed-files").open("a") as file:
        file.write(f"{dropped}\n")
    before = everything(home)
    done = run(unpacked / "install.sh", home)
    assert done.returncode == 0, done.stderr
    gone = before - everything(home)
    assert gone == {
        ".local/opt/genre-desktop/_internal/of-the-older-version.so",
        ".local/share/icons/hicolor/999x999/apps/genre-desktop.png",
    }
    assert not everything(home) - before


def test_an_update_that_was_cut_off_is_made_good(unpacked: Path, home: Path) -> None:
    run(unpacked / "install.sh", home)
    program = home / ".local/opt/genre-desktop"
    # Between the two renames, with half of a newer copy left over from an earlier try.
    program.rename(program.with_name(".genre-desktop.old"))
    program.with_name(".genre-desktop.new").mkdir()
    done = run(unpacked / "install.sh", home)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in program.parent.iterdir()] == ["genre-desktop"]


def test_what_belongs_to_others_stays(unpacked: Path, home: Path) -> None:
    other = home / ".local/bin/genre-desktop"
    other.parent.mkdir(parents=True)
    other.write_text("pip's")
    entry = home / ".local/share/applications/other.desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text("[Desktop Entry]\nType=Application\nName=Other\nExec=true\n")
    done = run(unpacked / "install.sh", home)
    assert done.returncode == 0
    assert "stays as it is" in done.stdout
    run(home / ".local/opt/genre-desktop/uninstall.sh", home)
    assert other.read_text() == "pip's"
    assert entry.is_file()


@pytest.mark.parametrize("script", ("install.sh", "uninstall.sh"))
def test_what_has_taken_a_links_place_stays(unpacked: Path, home: Path, script: str) -> None:
    run(unpacked / "install.sh", home)
    link = home / ".local/bin/genre-desktop"
    link.unlink()
    link.write_text("pip's")
    done = run(unpacked / script, home)
    assert done.returncode == 0, done.stderr
    assert link.read_text() == "pip's"
    assert os.path.lexists(link.with_name("genre-desktop-window")) is (script == "install.sh")


def test_the_folder_of_the_programs_may_be_a_link(unpacked: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "large disk").mkdir()
    (home / ".local").mkdir()
    (home / ".local/opt").symlink_to(tmp_path / "large disk")
    for _ in range(2):
        done = run(unpacked / "install.sh", home)
        assert done.returncode == 0, done.stderr
    assert subprocess.check_output([home / ".local/bin/genre-desktop"], text=True).startswith("genre-desktop")
    assert run(home / ".local/opt/genre-desktop/uninstall.sh", home).returncode == 0
    assert not any(path.is_symlink() for path in (home / ".local").rglob("*/genre-desktop*"))
    assert not list((tmp_path / "large disk").glob("*"))


def test_a_copy_that_may_not_be_written_is_updated_and_removed(unpacked: Path, home: Path) -> None:
    for path in (unpacked / "genre-desktop", unpacked / "genre-desktop/_internal"):
        path.chmod(0o555)
    for _ in range(2):
        assert run(unpacked / "install.sh", home).returncode == 0
    program = home / ".local/opt/genre-desktop"
    assert all(path.stat().st_mode & 0o200 for path in (program, program / "_internal"))
    assert run(program / "uninstall.sh", home).returncode == 0
    assert not program.exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root installs for all")
def test_what_root_installs_is_roots_and_for_all(unpacked: Path, home: Path) -> None:
    os.chown(unpacked / "genre-desktop/genre-desktop", 12345, 12345)
    (unpacked / "genre-desktop/_internal").chmod(0o700)
    prefix = home / "usr"
    before = os.umask(0o077)
    try:
        assert run(unpacked / "install.sh", home, "--prefix", str(prefix)).returncode == 0
    finally:
        os.umask(before)
    for path in (prefix, *prefix.rglob("*")):
        if not path.is_symlink():
            found = path.stat()
            assert (found.st_uid, found.st_mode & 0o022, found.st_mode & 0o044) == (0, 0, 0o044), path
            assert found.st_mode & 0o011 == 0o011 or path.is_file()


def test_a_copy_that_fails_leaves_the_older_version(unpacked: Path, home: Path, tmp_path: Path) -> None:
    run(unpacked / "install.sh", home)
    program = home / ".local/opt/genre-desktop"
    tools = tmp_path / "tools"
    tools.mkdir()
    # The second of the two renames.
    (tools / "mv").write_text('#!/bin/sh\ncase "$2" in *.new) exit 1 ;; esac\nexec /bin/mv "$@"\n')
    (tools / "mv").chmod(0o755)
    before = everything(home)
    done = run(unpacked / "install.sh", home, PATH=f"{tools}:{os.environ['PATH']}")
    assert done.returncode != 0
    assert everything(home) == before
    assert subprocess.check_output([program / "genre-desktop"], text=True)


def test_a_data_folder_that_does_not_begin_at_the_root_is_ignored(unpacked: Path, home: Path) -> None:
    done = run(unpacked / "install.sh", home, XDG_DATA_HOME="here")
    assert done.returncode == 0, done.stderr
    assert (home / ".local/share/applications/genre-desktop.desktop").is_file()


def test_purge_keeps_to_whole_names(unpacked: Path, tmp_path: Path) -> None:
    home = tmp_path / "a\nb"
    home.mkdir()
    (tmp_path / "a").mkdir()
    prefix = tmp_path / "prefix"
    run(unpacked / "install.sh", home, "--prefix", str(prefix))
    done = run(unpacked / "uninstall.sh", home, "--prefix", str(prefix), "--purge", answer="y\n")
    assert done.returncode == 1
    assert "delete it yourself" in done.stderr
    assert (tmp_path / "a").is_dir()


def test_a_folder_of_something_else_is_not_replaced(unpacked: Path, home: Path) -> None:
    mine = home / ".local/opt/genre-desktop/mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("")
    done = run(unpacked / "install.sh", home)
    assert done.returncode == 1
    assert "was not made by this script" in done.stderr
    assert mine.exists()


@pytest.mark.parametrize(("answer", "stays"), (("y\n", False), ("\n", True), ("", True)))
def test_purge_names_the_folders_and_asks(unpacked: Path, home: Path, answer: str, stays: bool) -> None:
    run(unpacked / "install.sh", home)
    data = home / ".local/share/genre-desktop"
    data.mkdir()
    recording = home / "Music/Genre Desktop/evening.wav"
    recording.parent.mkdir(parents=True)
    recording.write_text("")
    done = run(unpacked / "uninstall.sh", home, "--purge", answer=answer)
    assert done.returncode == 0, done.stderr
    assert str(data) in done.stdout
    assert data.exists() is stays
    assert recording.exists()


def test_a_place_that_cannot_be_written_gets_a_sentence(unpacked: Path, home: Path) -> None:
    (home / "file").write_text("")
    done = run(unpacked / "install.sh", home, "--prefix", str(home / "file/below"))
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert everything(home) == {"file"}


def test_a_prefix_holds_everything(unpacked: Path, home: Path, tmp_path: Path) -> None:
    prefix = tmp_path / "usr local"
    assert run(unpacked / "install.sh", home, f"--prefix={prefix}").returncode == 0
    assert {path.name for path in prefix.iterdir()} == {"bin", "opt", "share"}
    assert not everything(home)
    assert run(unpacked / "uninstall.sh", home, "--prefix", str(prefix)).returncode == 0
    assert {path.name for path in prefix.iterdir()} == {"share"}


def test_nothing_is_done_while_the_program_runs(unpacked: Path, home: Path) -> None:
    if not os.path.isdir("/proc/self"):
        pytest.skip("there is no /proc")
    run(unpacked / "install.sh", home)
    program = home / ".local/opt/genre-desktop"
    # A script's process is its shell: a program of its own is needed.
    shutil.copy2("/bin/sleep", program / "genre-desktop-window")
    with subprocess.Popen([str(program / "genre-desktop-window"), "60"]) as running:
        for script in (unpacked / "install.sh", program / "uninstall.sh"):
            done = run(script, home)
            assert done.returncode == 1
            assert f"is running. Close it first (processes: {running.pid}" in done.stderr
        running.kill()
    assert run(program / "uninstall.sh", home).returncode == 0


def test_a_half_archive_gets_a_sentence(unpacked: Path, home: Path) -> None:
    shutil.rmtree(unpacked / "genre-desktop")
    done = run(unpacked / "install.sh", home)
    assert done.returncode == 1
    assert "Unpack the whole archive" in done.stderr


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
def test_shellcheck_has_nothing_to_say() -> None:
    scripts = sorted((make_tar.menu.HERE.parent).glob("*/*.sh"))
    assert len(scripts) == 3
    subprocess.run(["shellcheck", *scripts], check=True)


def test_copyright_names_the_parts(program_folder: Path) -> None:
    text = deb_texts.copyright_file(program_folder)
    assert " Qt 6.11: LGPL\n" in text
    # The form knows no empty lines inside a paragraph.
    assert all(line.startswith((" ", "Format", "Upstream", "Comment", "Files", "Copyright", "License")) or not line
               for line in text.splitlines())  # fmt: skip


def test_libraries_without_a_known_package_end_the_build(program_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deb_libraries, "_needed", lambda binaries: {"libm.so.6", "libGL.so.1", "libQt6Core.so.6"})
    monkeypatch.setattr(deb_libraries, "_c_library_version", lambda binaries: "2.36")
    assert deb_libraries.packages(program_folder) == {"libc6 (>= 2.36)", "libgl1"}
    monkeypatch.setattr(deb_libraries, "_needed", lambda binaries: {"libnew.so.3"})
    with pytest.raises(SystemExit, match=r"libnew\.so\.3"):
        deb_libraries.packages(program_folder)


@pytest.mark.skipif(shutil.which("dpkg-deb") is None or shutil.which("readelf") is None, reason="Debian's tools")
def test_the_debian_package(program_folder: Path, tmp_path: Path) -> None:
    shutil.copy2("/bin/true", program_folder / "_internal/some.so")
    package = make_deb.make_deb(program_folder, tmp_path / "out", is_fast=True)
    listed = subprocess.check_output(["dpkg-deb", "--contents", package], text=True)
    files = {line.split(maxsplit=5)[5]: line.split(maxsplit=2)[:2] for line in listed.splitlines()}
    assert files["./usr/bin/genre-desktop-window -> ../lib/genre-desktop/genre-desktop-window"]
    assert files["./usr/lib/genre-desktop/genre-desktop"] == ["-rwxr-xr-x", "root/root"]
    assert files["./usr/lib/genre-desktop/_internal/libQt6Core.so.6"] == ["-rw-r--r--", "root/root"]
    assert "./usr/share/doc/genre-desktop/copyright" in files
    said = subprocess.check_output(["dpkg-deb", "--field", package], text=True)
    assert "libc6 (>= " in said
    assert [path.name for path in (tmp_path / "out").iterdir()] == [package.name]
