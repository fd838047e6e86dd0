# rpm-ostree's treefile-apply, which holds the packages of the base and has dnf install what the treefile lists. It looks for
# repositories in /etc/yum.repos.d, where the Containerfile mounts the project's.
install_packages() {
    rpm-ostree experimental compose treefile-apply "--var=$treefile_variable" "$packages/treefile.yaml"
}
