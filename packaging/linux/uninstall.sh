#!/bin/sh
# Removes what install.sh installed, and nothing else.
#
#     ~/.local/opt/genre-desktop/uninstall.sh              your models, results and settings stay
#     ~/.local/opt/genre-desktop/uninstall.sh --purge      they go too, after a question
#     ./uninstall.sh --prefix DIR                          from the unpacked archive
set -eu

PACKAGE=genre-desktop

say() { printf '%s\n' "$*"; }
fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

running_from() {
    for link in /proc/[0-9]*/exe; do
        case $(readlink "$link" 2>/dev/null || :) in
        "$1"/*) printf '%s ' "$(basename "$(dirname "$link")")" ;;
        esac
    done
}

# Whether $1 is a link to the program: a file of somebody else's may have taken its place.
is_ours() {
    target=$(readlink "$1" 2>/dev/null) || return 1
    [ "$(CDPATH='' cd -- "$(dirname -- "$target")" 2>/dev/null && pwd -P)" = "$program" ]
}

# Folders with the user's data, as genre_desktop/core/locations.py has them, one a line. Recordings of live mode are not
# among them: they lie with the user's music.
data_folders() {
    if [ -n "${GENRE_DESKTOP_HOME:-}" ]; then
        for kind in data config cache log; do printf '%s\n' "$GENRE_DESKTOP_HOME/$kind"; done
        return
    fi
    [ -n "${HOME:-}" ] || return 0
    printf '%s\n' "${XDG_DATA_HOME:-$HOME/.local/share}/$PACKAGE" "${XDG_CONFIG_HOME:-$HOME/.config}/$PACKAGE" \
        "${XDG_CACHE_HOME:-$HOME/.cache}/$PACKAGE" "${XDG_STATE_HOME:-$HOME/.local/state}/$PACKAGE"
}

purge() {
    case ${HOME:-}${GENRE_DESKTOP_HOME:-}${XDG_DATA_HOME:-}${XDG_CONFIG_HOME:-}${XDG_CACHE_HOME:-}${XDG_STATE_HOME:-} in
    *'
'*) fail "The name of a folder with your data has a line break in it; delete it yourself." ;;
    esac
    found=$(data_folders | while IFS= read -r folder; do
        # Where a name that does not begin at the root leads to depends on where this was started.
        case $folder in /*) [ ! -d "$folder" ] || printf '%s\n' "$folder" ;; esac
    done)
    if [ -z "$found" ]; then
        say "There are no data of yours."
        return
    fi
    say "These folders hold your models, results, genres set by hand and settings:"
    printf '%s\n' "$found" | sed 's/^/    /'
    printf 'Delete them for good? [y/N] '
    answer=
    read -r answer || :
    case $answer in
    [Yy] | [Yy][Ee][Ss])
        printf '%s\n' "$found" | while IFS= read -r folder; do rm -rf -- "$folder"; done
        say "Deleted."
        ;;
    *) say "They stay." ;;
    esac
}

# Folders that have become empty, up to and without $2.
remove_empty() {
    folder=$1
    while [ "$folder" != "$2" ] && [ "$folder" != / ] && rmdir -- "$folder" 2>/dev/null; do
        folder=$(dirname -- "$folder")
    done
}

# What desktops keep beside the menu entries and types; where ours were the only ones, it goes with them.
forget_types() {
    if [ -d "$1/applications" ]; then
        if ! find "$1/applications" -name '*.desktop' | grep -q .; then
            rm -f -- "$1/applications/mimeinfo.cache"
        elif command -v update-desktop-database >/dev/null; then
            update-desktop-database -q "$1/applications" || :
        fi
    fi
    [ -d "$1/mime/packages" ] || return 0
    if command -v update-mime-database >/dev/null; then update-mime-database "$1/mime" || :; fi
    if rmdir -- "$1/mime/packages" 2>/dev/null; then
        for kept in aliases generic-icons globs globs2 icons magic mime.cache subclasses treemagic types version \
            XMLnamespaces; do
            rm -f -- "$1/mime/$kept"
        done
        rmdir -- "$1/mime/audio" "$1/mime" 2>/dev/null || :
    fi
}

main() {
    prefix=
    with_data=no
    while [ $# -gt 0 ]; do
        case $1 in
        --prefix)
            [ $# -ge 2 ] || fail "--prefix needs a folder."
            prefix=$2
            shift
            ;;
        --prefix=*) prefix=${1#--prefix=} ;;
        --purge) with_data=yes ;;
        -h | --help)
            say "Usage: uninstall.sh [--prefix DIR] [--purge]"
            say "Removes Genre Desktop. Your data and settings stay unless --purge is given, which asks first."
            exit 0
            ;;
        *) fail "Unknown: $1 (--help tells what there is)" ;;
        esac
        shift
    done

    here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
    if [ -n "$prefix" ]; then
        program=$prefix/opt/$PACKAGE
    elif [ -f "$here/installed-files" ]; then
        program=$here
    else
        program=${HOME:-}/.local/opt/$PACKAGE
    fi
    [ -f "$program/installed-files" ] || fail "Genre Desktop is not installed in $program."
    program=$(CDPATH='' cd -- "$program" && pwd -P)
    opt=$(dirname -- "$program")
    [ -w "$opt" ] || fail "The folder $opt cannot be written."
    if [ -n "$(running_from "$program")" ]; then
        fail "Genre Desktop is running. Close it first (processes: $(running_from "$program"))."
    fi

    share=
    while IFS= read -r file; do
        case $file in
        */applications/"$PACKAGE".desktop) share=${file%/applications/*} ;;
        */bin/"$PACKAGE" | */bin/"$PACKAGE"-window) is_ours "$file" || continue ;;
        esac
        rm -f -- "$file"
    done <"$program/installed-files"
    if [ -n "$share" ]; then
        forget_types "$share"
        while IFS= read -r file; do
            case $file in
            "$share"/*) remove_empty "$(dirname -- "$file")" "$share" ;;
            esac
        done <"$program/installed-files"
        [ ! -d "$share/icons/hicolor" ] || touch "$share/icons/hicolor"
    fi
    rm -rf -- "$program"
    rmdir -- "$opt" "${opt%/*}/bin" 2>/dev/null || :
    say "Genre Desktop is removed."
    if [ "$with_data" = yes ]; then
        purge
    else
        say "Your models, results and settings are still there; --purge would have asked about them."
    fi
}

# All of it is read before it removes itself.
main "$@"
exit
