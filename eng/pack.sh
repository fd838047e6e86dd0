#!/usr/bin/env bash
# Packs the SDK and its templates into the local feed, under a version that changes with its content, and points the samples at it.
# A version that stays the same would be taken from NuGet's cache, whatever it holds.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

configuration=${CONFIGURATION:-Release}
hash=$(git ls-files -co --exclude-standard -- sdk src docs/diagnostics Directory.Build.props Directory.Packages.props global.json README.md LICENSE \
  | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-12)
version=1.0.0-dev.h$hash
package=artifacts/feed/NodeImage.Sdk.$version.nupkg
templates=artifacts/feed/NodeImage.Templates.$version.nupkg

if [[ ! -f $package ]]; then
  # Compiled ahead of time for the machines that images are mostly built on; on others, the same files are compiled when they run.
  dotnet publish src/NodeImage.Tasks -c "$configuration" -r linux-x64 --self-contained false -p:PublishReadyToRun=true \
    --artifacts-path artifacts/tasks -o artifacts/tasks/compiled -v quiet -nologo >&2
  dotnet pack -c "$configuration" -v quiet -nologo -p:PackageVersion="$version" -p:CompiledTasksFolder="$root/artifacts/tasks/compiled/" -o artifacts/feed sdk/NodeImage.Sdk.csproj >&2
fi
if [[ ! -f $templates ]]; then
  dotnet pack -c "$configuration" -v quiet -nologo -p:PackageVersion="$version" -o artifacts/feed sdk/templates/NodeImage.Templates.csproj >&2
fi

# The samples take the .NET SDK that the repository takes, and our SDK in the version just made.
printf '{\n  "sdk": {\n    "version": "10.0.100",\n    "rollForward": "latestFeature"\n  },\n  "msbuild-sdks": {\n    "NodeImage.Sdk": "%s"\n  }\n}\n' "$version" > artifacts/global.json.new
if ! cmp -s artifacts/global.json.new samples/global.json; then
  mv artifacts/global.json.new samples/global.json
else
  rm artifacts/global.json.new
fi
echo "$version"
