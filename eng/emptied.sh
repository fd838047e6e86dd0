#!/usr/bin/env bash
# Empties the body of each target of the SDK in turn, and sees that the test that stands for it fails: eng/emptied.sh [PATTERN].
# eng/emptied/targets.txt says which test that is. Works on copies of the package; a quarter of an hour for all. eng/test.sh, once before,
# installs what the tests compare with: a test that is skipped notices nothing, and is listed so.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

eng/fixtures/build.sh full >/dev/null
eng/fixtures/build.sh arm64 >/dev/null
version=$(eng/pack.sh)
dotnet build -c Release -v quiet -nologo tests/NodeImage.EndToEnd.Tests >&2

run() { dotnet test --project tests/NodeImage.EndToEnd.Tests -c Release --no-build -- --filter-method "*.$1" > artifacts/emptied/last.log 2>&1 < /dev/null; }

# A folder of NuGet packages of our own: nobody else gets what is emptied.
mkdir -p artifacts/emptied
export NUGET_PACKAGES=$root/artifacts/emptied/packages
rm -rf "$NUGET_PACKAGES/nodeimage.sdk"
run RestoreTests.It_locks_and_fetches_and_builds_nothing || { cat artifacts/emptied/last.log; exit 1; }
targets=$NUGET_PACKAGES/nodeimage.sdk/$version/targets

survived=0
while read -r file target test; do
  cp "$targets/NodeImage.$file.targets" artifacts/emptied/whole.targets
  python3 - "$targets/NodeImage.$file.targets" "$target" <<'P'
import re, sys
path, target = sys.argv[1:]
text = open(path).read()
start = re.search(r'<Target Name="%s"(?:\s+\w+="[^"]*")*\s*>' % re.escape(target), text).end()
open(path, 'w').write(text[:start] + text[text.index('</Target>', start):])
P
  status=0
  run "$test" || status=$?
  cp artifacts/emptied/whole.targets "$targets/NodeImage.$file.targets"
  # 2: tests have failed. Anything else is no proof.
  case $status in
    2) echo "noticed  $file $target ($test)" ;;
    0) echo "SURVIVED $file $target ($test)"; survived=$((survived + 1)) ;;
    *) echo "BROKEN   $file $target ($test): status $status"; survived=$((survived + 1)) ;;
  esac
done < <(grep -v '^#' eng/emptied/targets.txt | grep -E -- "${1:-.}")
echo "$survived not noticed"
[[ $survived == 0 ]]
