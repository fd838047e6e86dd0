#!/usr/bin/env bash
# Measures a build that has nothing to do beside one of the .NET SDK's own projects with the same references: eng/noop.sh [--runs N].
# Prints the medians in seconds, and their ratio.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

runs=10
[[ ${1:-} == --runs ]] && runs=$2
eng/fixtures/build.sh full >/dev/null
eng/pack.sh >/dev/null

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDTERMINALLOGGER=off FixtureFolder=$root/artifacts/fixtures/
mkdir "$work/ours" "$work/theirs"
for sample in node node-ip rhel-coreos-base; do
  mkdir "$work/ours/$sample"
  (cd "samples/$sample" && git ls-files -z . | xargs -0 -I{} cp --parents {} "$work/ours/$sample")
done
cp samples/repositories.props samples/Directory.Build.props "$work/ours/"
cp samples/global.json "$work/"
printf '<configuration><packageSources><add key="local" value="%s" /></packageSources></configuration>\n' "$root/artifacts/feed" > "$work/nuget.config"
for name in base node ip; do
  mkdir "$work/theirs/$name"
  references=
  [[ $name == node ]] && references='<ItemGroup><ProjectReference Include="../base/base.csproj" /><ProjectReference Include="../ip/ip.csproj" /></ItemGroup>'
  printf '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>%s</Project>\n' "$references" > "$work/theirs/$name/$name.csproj"
done

build() { (cd "$work" && dotnet build "$1" -v quiet -nologo -p:Initramfs=None >/dev/null); }
seconds() { local from; from=$(date +%s.%N); build "$1"; echo "$from $(date +%s.%N)" | awk '{ printf "%.3f\n", $2 - $1 }'; }
median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

for project in ours/node theirs/node; do build "$project"; build "$project"; done
for ((run = 1; run <= runs; run++)); do
  seconds ours/node >> "$work/ours.times"
  seconds theirs/node >> "$work/theirs.times"
done
echo "$(median < "$work/ours.times") $(median < "$work/theirs.times")" | awk '{ printf "no-op: ours %.2f s, theirs %.2f s, ratio %.2f\n", $1, $2, $1 / $2 }'
