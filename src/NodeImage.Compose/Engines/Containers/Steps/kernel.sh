# A kernel that is not the base's gets its module indexes, and an initramfs by the image's own dracut.

new_kernels() {
    for folder in /usr/lib/modules/*/; do
        [ -f "${folder}vmlinuz" ] || continue
        cmp -s "${folder}vmlinuz" "$base${folder}vmlinuz" || basename "$folder"
    done
}

index_modules() {
    for kernel in $(new_kernels); do
        depmod "$kernel"
    done
}

make_initramfs() {
    for folder in /usr/lib/modules/*/; do
        [ -f "${folder}vmlinuz" ] || continue
        cmp -s "${folder}vmlinuz" "$base${folder}vmlinuz" && [ -f "${base}${folder}initramfs.img" ] && continue
        kernel=$(basename "$folder")
        [ -x /usr/bin/dracut ] || fail "the image has the kernel $kernel, but no /usr/bin/dracut to make its initramfs with"
        set -- --force --no-hostonly --reproducible
        for module in ostree bootc; do
            for present in /usr/lib/dracut/modules.d/[0-9]*"$module"; do
                [ ! -d "$present" ] || set -- "$@" --add "$module"
            done
        done
        DRACUT_NO_XATTR=1 dracut "$@" --kver "$kernel" "${folder}initramfs.img"
        chmod 0600 "${folder}initramfs.img"
    done
}
