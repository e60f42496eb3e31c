#!/bin/sh
# Signs "dist/Genre Desktop.app" where an identity is given, and packs it into a disk image.
#
#     packaging/macos/make_dmg.sh
#     SIGN_IDENTITY="Developer ID Application: NAME (TEAM)" NOTARY_PROFILE=PROFILE packaging/macos/make_dmg.sh
#
# See README.md beside this file for the identity and the profile.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
root=$(dirname -- "$(dirname -- "$here")")
app="$root/dist/Genre Desktop.app"
version=$(/usr/libexec/PlistBuddy -c "Print CFBundleShortVersionString" "$app/Contents/Info.plist")
image="$root/dist/genre-desktop-$version-macos-$(uname -m).dmg"
identity=${SIGN_IDENTITY:--}

# PyInstaller's own ad hoc signature does not cover what came into the bundle after it.
python3 -c "import sys; sys.path.insert(0, sys.argv[1]); import info_plist; from pathlib import Path
info_plist.write_strings(Path(sys.argv[2]))" "$here" "$app/Contents/Resources"

sign() {
    if [ "$identity" = - ]; then
        codesign --force --sign - --entitlements "$here/entitlements.plist" "$@"
    else
        codesign --force --sign "$identity" --timestamp --options runtime --entitlements "$here/entitlements.plist" "$@"
    fi
}
# From the inside out: --deep leaves out libraries below Resources.
find "$app/Contents" -type f \( -name '*.so' -o -name '*.dylib' \) -print | while IFS= read -r library; do
    sign "$library"
done
# Their binaries have no ending: Qt's and Python's frameworks are signed as what they are, the inner ones first.
find "$app/Contents" -depth -type d -name '*.framework' -print | while IFS= read -r framework; do
    sign "$framework"
done
find "$app/Contents/MacOS" -type f -perm +111 ! -name genre-desktop-window -print | while IFS= read -r program; do
    sign "$program"
done
sign "$app"
codesign --verify --deep --strict "$app"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
cp "$root/dist/genre-desktop/LICENSE" "$folder/LICENSE"
# ULFO: LZFSE, read since macOS 10.11 and quicker than ULMO's LZMA to open.
hdiutil create -volname "Genre Desktop" -srcfolder "$folder" -fs HFS+ -format ULFO -ov "$image"

if [ "$identity" != - ]; then
    codesign --sign "$identity" --timestamp "$image"
fi
if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
