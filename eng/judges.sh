#!/usr/bin/env bash
# Holds our readers and our solver against real peers: eng/judges.sh [--data FOLDER] [--seed NUMBER] [--requests NUMBER] [JUDGE...]
# The data is the folder that --data or NODEIMAGE_TESTDATA names; where neither does, a small corpus of our own is made and judged.
# docs/judges.md says what each judge does. The exit code is 1 where a bar is missed.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/eng/lib/peers.sh"

data=${NODEIMAGE_TESTDATA:-}
arguments=()
while [[ $# -gt 0 ]]; do
  case $1 in
    --data)
      data=${2:?--data needs a folder}
      shift 2
      ;;
    --help | -h)
      sed -n '2,4s/^# //p' "${BASH_SOURCE[0]}"
      exit 0
      ;;
    *)
      arguments+=("$1")
      shift
      ;;
  esac
done

need_peers bzip2 createrepo-c gnupg gzip libsolv-tools rpm sqlite3 xz-utils zstd
output=$root/artifacts/judges
mkdir -p "$output"
if [[ -z $data ]]; then
  data=$output/corpus
  echo "judges: NODEIMAGE_TESTDATA is not set; a corpus of our own is judged"
  "$root/eng/judges/corpus/build.sh" "$data"
elif [[ ! -d $data ]]; then
  echo "judges: there is no folder '$data'" >&2
  exit 2
fi

report=$output/failures.txt
rm -f "$report"
status=0
dotnet run -c Release --project "$root/eng/judges" -- --data "$data" --report "$report" "${arguments[@]}" || status=$?
if [[ -s $report ]]; then
  echo "judges: every failure and its reason is in ${report#"$root"/}"
fi
exit "$status"
