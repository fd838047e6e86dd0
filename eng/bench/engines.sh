#!/usr/bin/env bash
# Measures how long each engine takes for the sample node: eng/bench/engines.sh [ENGINE...]. Root only, for Buildah and Podman are.
# The base is composed before; what is measured is "dotnet build" of the node alone, with packages in the cache.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
[[ $(id -u) -eq 0 ]] || { echo "engines: run it as root; the tools need that here" >&2; exit 1; }
engines=("$@")
[[ $# -gt 0 ]] || engines=(Managed Buildah Podman)

work=$(mktemp -d)
trap 'rm -rf --one-file-system "$work"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDTERMINALLOGGER=off MSBUILDDISABLENODEREUSE=1
export FixtureFolder=${FixtureFolder:-$(readlink -f artifacts/fixtures)/}
cp -r samples/{node,node-ip,rhel-coreos-base,global.json} samples/*.props "$work/"
rm -rf "$work"/*/{bin,obj}
printf '<configuration><packageSources><add key="local" value="%s" /></packageSources></configuration>\n' "$root/artifacts/feed" > "$work/nuget.config"

# Only the node is another engine's: a property on the command line would be the base's as well.
sed -i 's,<OSImageKind>Layered</OSImageKind>,&<OSImageEngine>$(NodeEngine)</OSImageEngine><OSImageBuildIsolation>Chroot</OSImageBuildIsolation>,' "$work/node/node.osproj"
cd "$work"
NodeEngine=Managed dotnet build node -v quiet -nologo > "$work/log" || { cat "$work/log" >&2; exit 1; }
for engine in "${engines[@]}"; do
  rm -rf node/bin node/obj/*/*/*/image-engine.txt
  from=$(date +%s.%N)
  NodeEngine=$engine dotnet build node -v quiet -nologo > "$work/log" || { cat "$work/log" >&2; exit 1; }
  printf '%-8s %6.1f s\n' "$engine" "$(echo "$(date +%s.%N) $from" | awk '{ print $1 - $2 }')"
done
