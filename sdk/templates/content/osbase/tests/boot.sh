# "dotnet test" runs this inside the image, without a network. Any status but 0 fails the test; what is written is shown.
set -eu

for kernel in /usr/lib/modules/*; do
    test -f "$kernel/vmlinuz" || { echo "$kernel has no kernel"; exit 1; }
    test -f "$kernel/initramfs.img" || { echo "$kernel has no initramfs"; exit 1; }
done

for unit in sshd.service announce-image.service; do
    state=$(systemctl --root=/ is-enabled "$unit") || true
    test "$state" = enabled || { echo "$unit is $state"; exit 1; }
done
