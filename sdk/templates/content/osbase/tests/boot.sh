# "dotnet test" runs this inside the image, without a network. Any status but 0 fails the test; what is written is shown.
set -eu

for kernel in /usr/lib/modules/*; do
    test -f "$kernel/vmlinuz" || { echo "$kernel has no kernel"; exit 1; }
    test -f "$kernel/initramfs.img" || { echo "$kernel has no initramfs"; exit 1; }
done

for unit in sshd.service announce-image.service; do
    test -e "/usr/lib/systemd/system/multi-user.target.wants/$unit" || { echo "$unit does not start with the machine"; exit 1; }
done
