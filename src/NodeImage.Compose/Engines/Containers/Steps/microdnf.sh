# microdnf. It takes packages from repositories only; those that lie here are installed by rpm, in the order that rpm finds.
install_packages() {
    if [ -n "$wanted" ]; then
        microdnf -y --nodocs --config="$packages/dnf.conf" --setopt=install_weak_deps=0 --setopt=reposdir="$repositories" --setopt=cachedir="$state/cache" ${root:+--installroot="$root"} --releasever="$release" install $wanted
    fi
    [ $# -eq 0 ] || rpm ${root:+--root="$root"} -U --oldpackage $rpm_options "$@"
}
