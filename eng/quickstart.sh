#!/usr/bin/env bash
# From nothing to two images: makes the packages, packs the SDK, builds rhel-coreos-base, publishes the node image on it.
# Run again when nothing has changed, it does nothing and says so.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDTERMINALLOGGER=off

step() { printf '\n== %s\n' "$1"; }
size_of() { du -shL "$1" | cut -f1; }
digest_of() { sed -n 's/.*"digest": "\(sha256:[0-9a-f]*\)".*/\1/p' "$1"; }

command -v dotnet >/dev/null || { echo "quickstart: the .NET 10 SDK is needed; see https://dotnet.microsoft.com/download" >&2; exit 1; }
started=$SECONDS

step "1 of 4: packages (genuine RPMs made of Debian's, for there is no RHEL here)"
eng/fixtures/build.sh full

step "2 of 4: the SDK"
version=$(eng/pack.sh)
echo "NodeImage.Sdk $version"

framework=rhel9.6
case $(uname -m) in aarch64) runtime=linux-arm64 ;; *) runtime=linux-x64 ;; esac
base=samples/rhel-coreos-base/bin/Debug/$framework/$runtime
node=samples/node/bin/Release/$framework/$runtime
stamp() { stat -c %Y "$base/image/index.json" "$node/image/index.json" "$node/publish/node.ociarchive" 2>/dev/null || true; }
before=$(stamp)

step "3 of 4: dotnet build samples/rhel-coreos-base"
(cd samples && dotnet build rhel-coreos-base -v minimal -nologo)

step "4 of 4: dotnet publish samples/node"
(cd samples && dotnet publish node -v minimal -nologo)

echo
if [[ -n $before && $before == "$(stamp)" ]]; then
  echo "Nothing had changed, so nothing was done ($((SECONDS - started)) s)."
else
  echo "Both images are made ($((SECONDS - started)) s)."
fi
cat <<EOF

  rhel-coreos-base  $(digest_of "$base/rhel-coreos-base.osimage")
                    $base/image ($(size_of "$base/image"))
  node              $(digest_of "$node/node.osimage")
                    $node/image ($(size_of "$node/image"), the base's layers among them)
                    $node/publish/node.ociarchive ($(size_of "$node/publish/node.ociarchive"))

What to try next:
  skopeo inspect oci:$node/image                           what is in the image
  skopeo copy oci:$node/image containers-storage:localhost/node:latest
  (cd samples && dotnet publish extensions)                what administrators can add to such nodes
  change samples/node/node.osproj or samples/node/overlay  and publish again: only what changed is made anew
  eng/test.sh                                              all tests
EOF
