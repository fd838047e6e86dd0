# "dotnet test" runs this inside the image, without a network. Any status but 0 fails the test; what is written is shown.
set -eu

for program in kubelet crio crictl; do
    "$program" --version
done

for unit in kubelet.service crio.service swap-off.service; do
    state=$(systemctl --root=/ is-enabled "$unit") || true
    test "$state" = enabled || { echo "$unit is $state"; exit 1; }
done
