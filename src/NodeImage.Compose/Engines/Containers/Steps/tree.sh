# A tree that is made in a builder.

# install_first NAME: installs a package that has no scripts before there is anything else in the tree.
install_first() {
    set -- "$here/packages/files/$1"-[0-9]*.rpm "$1"
    if [ -f "$1" ]; then
        rpm --root="$root" --install --nodeps "$1"
    else
        eval "first=\${$#}"
        dnf -y --config="$here/packages/dnf.conf" --setopt=reposdir="$repositories" --installroot="$root" --releasever="$release" install "$first"
    fi
}

# leave_tree: takes what scripts have put where devices will be, and writes down whose files the tree's are.
leave_tree() {
    find "$root/dev" -xdev -mindepth 1 -delete 2> /dev/null || :
    mkdir -p "$root$state"
    rpm --root="$root" -qa --qf '[%{FILENAMES}\t%{=NAME}\n]' |
        sed -e 's,^/home\([/[:space:]]\),/var/home\1,' -e 's,^/mnt\([/[:space:]]\),/var/mnt\1,' -e 's,^/opt\([/[:space:]]\),/var/opt\1,' -e 's,^/root\([/[:space:]]\),/var/roothome\1,' \
            -e 's,^/srv\([/[:space:]]\),/var/srv\1,' -e 's,^/usr/local\([/[:space:]]\),/var/usrlocal\1,' > "$root$state/owners"
}
