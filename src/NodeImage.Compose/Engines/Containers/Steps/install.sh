# Installs the packages of the lock, and nothing else: the base's own packages stay as they are, and where the result is not
# what the lock says, the build ends.

packages=$here/packages

# The packages that a repository is asked for, and those that lie here.
wanted=$(cat "$packages/repositories.list")
set --
for file in "$packages"/files/*.rpm; do
    [ ! -f "$file" ] || set -- "$@" "$file"
done

installed_packages > "$state/before"
(cd "$packages/files" 2> /dev/null && sha256sum --quiet --check ../files.sha256) || [ ! -s "$packages/files.sha256" ] ||
    fail 'the packages beside the Containerfile are not those of the lock'
expected() {
    sort "$packages/removed.list" | comm -23 "$state/before" - | sort -u - "$packages/locked.list"
}

export HOME=$state/home
mkdir -p "$HOME"
cp "$packages/rpmmacros" "$HOME/.rpmmacros"

if [ -n "$wanted$*" ]; then
    . "$here/steps/$package_tool.sh"
    install_packages "$@"
fi

# What a repository has given is held to the lock as well.
find "$state/cache" -name '*.rpm' -exec sha256sum {} + 2> /dev/null | while read -r digest file; do
    grep -qxF "$digest" "$packages/fetched.sha256" || fail "the repository's $(basename "$file") is not the one of the lock"
done

installed_packages > "$state/after"
if ! expected | cmp -s - "$state/after"; then
    echo 'nodeimage: the packages are not those of the lock; < is what it says, > what there is:' >&2
    expected | diff - "$state/after" >&2 || :
    exit 1
fi
