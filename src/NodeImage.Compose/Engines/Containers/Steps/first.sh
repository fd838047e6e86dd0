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
