#!/usr/bin/env bash
# Runs all tests: eng/test.sh [-- OPTIONS OF THE TEST RUNNER]. Installs what they compare with, and makes the packages they need.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
source eng/lib/peers.sh

# Peers that tests hold our work against. A test whose peer is missing says so and is skipped.
need_peers bash bc binutils buildah busybox cpio createrepo-c dash dnf docker-registry gcc git gpg kmod libc-bin libsolv-tools libxml2-utils ostree podman \
  python3 python3-jsonschema rpm skopeo systemd uidmap umoci xz-utils zlib1g-dev zstd || echo "test: going on without them; the tests that need them are skipped" >&2

eng/fixtures/build.sh full
eng/fixtures/build.sh arm64
eng/pack.sh >/dev/null
exec dotnet test --solution NodeImage.Sdk.sln -c Release "$@"
