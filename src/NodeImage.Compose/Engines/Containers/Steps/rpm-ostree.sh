# rpm-ostree, which never changes a package of the base unless it is told to. It looks for repositories in /etc/yum.repos.d,
# where the Containerfile mounts the project's.
install_packages() {
    for package in $wanted "$@"; do
        case $package in
            */*) name_of=$(rpm -qp --qf '%{NAME}' "$package" 2> /dev/null) ;;
            *) name_of=${package%-*-*} ;;
        esac
        if grep -qE "^$(printf %s "$name_of" | sed 's/[][.*+?(){}|^$\\]/\\&/g')-[0-9]+:" "$packages/removed.list"; then
            rpm-ostree override replace "$package"
        else
            echo "$package"
        fi
    done > "$state/layered"
    xargs -r rpm-ostree install --assumeyes < "$state/layered"
    rpm-ostree cleanup -m
}
