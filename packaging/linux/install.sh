#!/bin/sh
# Installs Genre Desktop from this folder, for you alone; nothing else of the system is touched.
#
#     ./install.sh                    into ~/.local
#     ./install.sh --prefix DIR       into DIR, for example /usr/local as root
#
# Started again, with the same or a newer version, it brings the installation up to date.
set -eu

PACKAGE=genre-desktop

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

usage() {
    say "Usage: ./install.sh [--prefix DIR]"
    say "Installs Genre Desktop into DIR (default: $HOME/.local)."
}

# The processes that run from folder $1, by number.
running_from() {
    for link in /proc/[0-9]*/exe; do
        # Other people's processes do not tell.
        case $(readlink "$link" 2>/dev/null || :) in
        "$1"/*) printf '%s ' "$(basename "$(dirname "$link")")" ;;
        esac
    done
}

# Whether $1 is a link to the program: a file of somebody else's may have taken its place.
is_ours() {
    target=$(readlink "$1" 2>/dev/null) || return 1
    [ "$(dirname -- "$target")" = "$program" ]
}

# Whenever it ends: where the new folder has not come to its place, the old one is back in it.
tidy() {
    rm -rf -- "$new"
    [ ! -e "$old" ] || [ -e "$program" ] || mv -- "$old" "$program"
    [ ! -e "$program" ] || rm -rf -- "$old"
}

# An argument of Exec= as the desktop entry specification quotes it: once as an argument, then once more as a value.
quoted() {
    printf '"'
    printf '%s' "$1" | sed -e 's/[\\"`$]/\\&/g' -e 's/%/%%/g' -e 's/\\/\\\\/g'
    printf '"'
}

# The menu entry on standard input, with absolute paths: ~/.local/bin need not be on the path of the desktop.
with_paths() {
    while IFS= read -r line; do
        case $line in
        TryExec=*) printf 'TryExec=%s\n' "$(printf '%s' "$1" | sed 's/\\/\\\\/g')" ;;
        Exec=*) printf 'Exec=%s %%F\n' "$(quoted "$1")" ;;
        *) printf '%s\n' "$line" ;;
        esac
    done
}

# What desktops keep beside the files; absent tools do no harm, the desktop then looks for itself.
refresh() {
    if command -v update-desktop-database >/dev/null; then
        update-desktop-database -q "$1/applications" || :
    fi
    if command -v update-mime-database >/dev/null && [ -d "$1/mime/packages" ]; then
        update-mime-database "$1/mime" || :
    fi
    # Icon themes are looked at again when their folder is newer than the cache.
    [ ! -d "$1/icons/hicolor" ] || touch "$1/icons/hicolor"
}

main() {
    prefix=
    while [ $# -gt 0 ]; do
        case $1 in
        --prefix)
            [ $# -ge 2 ] || fail "--prefix needs a folder."
            prefix=$2
            shift
            ;;
        --prefix=*) prefix=${1#--prefix=} ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) fail "Unknown: $1 (./install.sh --help tells what there is)" ;;
        esac
        shift
    done

    here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
    [ -x "$here/$PACKAGE/genre-desktop-window" ] ||
        fail "The program is not beside this script. Unpack the whole archive and start install.sh from there."

    if [ -z "$prefix" ]; then
        [ -n "${HOME:-}" ] || fail "HOME is not set; name a folder with --prefix."
        prefix=$HOME/.local
        # Where the desktop looks for what one user has.
        case ${XDG_DATA_HOME:-} in
        /*) share=$XDG_DATA_HOME ;;
        # The specification has others ignored.
        *) share=$HOME/.local/share ;;
        esac
    else
        share=
    fi
    # What root installs is for all, whatever the modes that it was unpacked with and whoever unpacked it.
    modes=u+w
    if [ "$(id -u)" -eq 0 ]; then
        umask 022
        modes=u+w,a+rX
    fi
    mkdir -p -- "$prefix" 2>/dev/null || fail "The folder $prefix cannot be written. Choose another one with --prefix."
    prefix=$(CDPATH='' cd -- "$prefix" && pwd -P)
    : "${share:=$prefix/share}"
    case $prefix$share in
    *'
'*) fail "A folder with a line break in its name will not do; choose another one with --prefix." ;;
    esac
    opt=$prefix/opt
    bin=$prefix/bin
    mkdir -p -- "$opt" "$bin" "$share" 2>/dev/null || :
    for folder in "$opt" "$bin" "$share"; do
        { [ -d "$folder" ] && [ -w "$folder" ]; } ||
            fail "The folder $folder cannot be written. Choose another one with --prefix."
    done
    # It may be a link; processes have the place itself.
    opt=$(CDPATH='' cd -- "$opt" && pwd -P)
    program=$opt/$PACKAGE
    if [ -e "$program" ] && [ ! -f "$program/installed-files" ]; then
        fail "$program is there already and was not made by this script; move it away first."
    fi
    if [ -n "$(running_from "$program")" ]; then
        fail "Genre Desktop is running. Close it first (processes: $(running_from "$program"))."
    fi

    needed=$(du -sk "$here/$PACKAGE" | cut -f 1)
    # Before the percentage; names of devices and folders may have spaces.
    free=$(df -Pk "$opt" | sed -n '2s/.* \([0-9][0-9]*\)  *[0-9]*%.*/\1/p')
    [ -z "$free" ] || [ "$free" -gt $((needed + 10240)) ] ||
        fail "Not enough room in $opt: $((needed / 1024)) MB are needed, $((free / 1024)) MB are free."

    # The new folder is complete before it takes the old one's place.
    new=$opt/.$PACKAGE.new
    old=$opt/.$PACKAGE.old
    # An installation that was cut off may have left either, or have got no further than moving the old one away.
    tidy
    trap tidy EXIT
    trap 'exit 130' INT TERM HUP
    say "Copying the program ($((needed / 1024)) MB) to $program"
    cp -R -P -- "$here/$PACKAGE" "$new"
    chmod -R "$modes" "$new"
    cp -- "$here/uninstall.sh" "$new/uninstall.sh"
    chmod 755 "$new/uninstall.sh"

    # Everything outside the program's folder that uninstall.sh will remove, one a line.
    list=$new/installed-files
    : >"$list"
    (cd "$here/share" && find . -type f | sed 's/^\.//' | sort) |
        while IFS= read -r file; do printf '%s\n' "$share$file" >>"$list"; done
    for name in genre-desktop genre-desktop-window; do
        if [ -e "$bin/$name" ] || [ -L "$bin/$name" ]; then
            if ! is_ours "$bin/$name"; then
                say "$bin/$name belongs to something else and stays as it is."
                continue
            fi
        fi
        printf '%s\n' "$bin/$name" >>"$list"
    done

    # What an older version had and this one has not goes.
    if [ -f "$program/installed-files" ]; then
        while IFS= read -r file; do
            ! grep -Fqx -- "$file" "$list" || continue
            case $file in
            "$bin"/*) ! is_ours "$file" || rm -f -- "$file" ;;
            *) rm -f -- "$file" ;;
            esac
        done <"$program/installed-files"
        mv -- "$program" "$old"
    fi
    mv -- "$new" "$program"
    rm -rf -- "$old"

    while IFS= read -r file; do
        case $file in
        "$bin"/*) ln -sfn -- "$program/${file##*/}" "$file" ;;
        *)
            mkdir -p -- "$(dirname -- "$file")"
            source=$here/share${file#"$share"}
            case $file in
            *.desktop) with_paths "$program/genre-desktop-window" <"$source" >"$file" ;;
            *) cp -- "$source" "$file" ;;
            esac
            chmod 644 "$file"
            ;;
        esac
    done <"$program/installed-files"
    refresh "$share"

    say "Genre Desktop is installed. It is in the menu, and under \"Open with\" for sound files."
    case :${PATH:-}: in
    *:"$bin":*) say "On the command line: genre-desktop" ;;
    *) say "On the command line: $bin/genre-desktop" ;;
    esac
    say "To remove it: $program/uninstall.sh"
}

main "$@"
exit
