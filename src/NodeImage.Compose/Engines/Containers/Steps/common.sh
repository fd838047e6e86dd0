# What the steps share. They run in the image that is being built, as root, by any POSIX shell; the folder with the
# Containerfile is mounted at $here, and the base image at $base. What is below /run and /tmp is gone when the image is done.
set -eu
umask 022
export LC_ALL=C PYTHONDONTWRITEBYTECODE=1

here=/run/nodeimage
base=/run/nodeimage-base
state=/tmp/nodeimage
mkdir -p "$state"
. "$here/settings.sh"
[ -e "$state/began" ] || touch "$state/began"

fail() {
    echo "nodeimage: $*" >&2
    exit 1
}

# Puts what comes in into a file, whose owner and permissions stay. A file that has it already is not touched.
replace() {
    cat > "$state/replace"
    [ -f "$1" ] && cmp -s "$state/replace" "$1" && return 0
    cat "$state/replace" > "$1"
}

# Writes a path in the order in which a walk over folders meets it: by names, not by characters.
walk_order() {
    tr '/' '\001' | sort | tr '\001' '/'
}

# What is installed, a NEVRA a line with its epoch spelled out. Keys are no packages.
installed_packages() {
    rpm ${root:+--root="$root"} -qa --qf '%{NAME}-%{EPOCHNUM}:%{VERSION}-%{RELEASE}.%{ARCH}\n' | grep -v '^gpg-pubkey-' | sort
}
