# "dotnet test" runs this inside the image, without a network. Any status but 0 fails the test; what is written is shown.
set -eu

for program in kubelet crio crictl; do
    "$program" --version
done

for unit in kubelet.service crio.service swap-off.service; do
    test -e "/usr/lib/systemd/system/multi-user.target.wants/$unit" || { echo "$unit does not start with the machine"; exit 1; }
done
