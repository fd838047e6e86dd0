# dnf, with the base's packages held by its versionlock plugin where there is one. That they are as they were is looked at in
# any case.
install_packages() {
    mkdir -p "$state/plugins"
    printf '[main]\nenabled=1\nlocklist=%s\n' "$state/frozen" > "$state/plugins/versionlock.conf"
    sort "$packages/removed.list" | comm -23 "$state/before" - | sed 's/\.[^.]*$/.*/' > "$state/frozen"
    dnf -y --config="$packages/dnf.conf" --setopt=pluginconfpath="$state/plugins" --setopt=reposdir="$repositories" ${root:+--installroot="$root"} --releasever="$release" \
        --disableplugin='*' --enableplugin=versionlock --allowerasing install $wanted "$@"
}
