#!/usr/bin/env bash
# Measures composing beside dnf and buildah: eng/bench.sh [--runs N]. Both do the same work in the same run, on tmpfs: the same
# packages with their signatures checked, no documentation, no initramfs, an OCI archive with gzip layers at the end.
# Prints the medians, and writes them to artifacts/bench.json. Root only, for dnf and buildah are.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
source eng/lib/peers.sh

runs=5
[[ ${1:-} == --runs ]] && runs=$2
[[ $(id -u) -eq 0 ]] || { echo "bench: run it as root; dnf and buildah need that" >&2; exit 1; }
need_peers buildah dnf time

eng/fixtures/build.sh full
eng/pack.sh >/dev/null

fixtures=$(readlink -f artifacts/fixtures)
work=$(mktemp -d /dev/shm/nodeimage-bench-XXXXXX)
store=(buildah --root "$work/store/root" --runroot "$work/store/run" --storage-driver overlay)
finish() { "${store[@]}" umount --all >/dev/null 2>&1 || true; rm -rf --one-file-system "$work"; }
trap finish EXIT

list() { grep -v '^#' "eng/fixtures/$1.packages" | grep . ; }
mapfile -t full < <(list full)
mapfile -t node < <(list node)
join() { local IFS=';'; echo "$*"; }

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDTERMINALLOGGER=off MSBUILDDISABLENODEREUSE=1
export NODEIMAGE_CACHE=$work/cache FixtureFolder=$fixtures/ BenchNodePackages BenchPackages
BenchNodePackages=$(join "${node[@]}")
cp -r eng/bench "$work/projects"
cp samples/global.json "$work/projects/"
printf '<configuration><packageSources><add key="local" value="%s" /></packageSources></configuration>\n' "$root/artifacts/feed" > "$work/projects/nuget.config"

# seconds NAME COMMAND...: how long it takes; what it says goes to a file that is shown where it fails.
seconds() {
  local name=$1 from to; shift
  from=$(date +%s.%N)
  "$@" > "$work/$name.log" 2>&1 || { echo "bench: $name failed:" >&2; head -5 "$work/$name.log" >&2; tail -5 "$work/$name.log" >&2; exit 1; }
  to=$(date +%s.%N)
  echo "$from $to" | awk '{ printf "%.2f\n", $2 - $1 }'
}

median() { sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

# Ours.
publish() { (cd "$work/projects" && command time -o "$work/$1.memory" -f %M dotnet publish "$1" -v quiet -nologo); }
fresh() { rm -rf "$work/projects/$1/bin" "$work/projects/$1/obj"; }
archive() { ls "$work"/projects/"$1"/bin/Release/*/*/publish/*.ociarchive; }

# Theirs.
cat > "$work/dnf.conf" <<EOF
[main]
gpgcheck=1
install_weak_deps=0
tsflags=nodocs
keepcache=1
cachedir=$work/dnf-cache
reposdir=/nonexistent
[fixture-base]
name=base
baseurl=file://$fixtures/base
gpgkey=file://$fixtures/RPM-GPG-KEY-fixture
EOF
theirs_base() {
  local container folder
  container=$("${store[@]}" from scratch)
  folder=$("${store[@]}" mount "$container")
  dnf -q -y --noplugins -c "$work/dnf.conf" --installroot="$folder" --releasever=9 install "$@" || return
  "${store[@]}" umount "$container" >/dev/null
  "${store[@]}" commit -q --rm "$container" localhost/peer-base:latest
  rm -f "$work/peer-base.tar"
  "${store[@]}" push -q localhost/peer-base:latest "oci-archive:$work/peer-base.tar"
}
cat > "$work/node.repo" <<EOF
[fixture-base]
name=base
baseurl=file:///fixtures/base
gpgkey=file:///fixtures/RPM-GPG-KEY-fixture
gpgcheck=1
[fixture-ocp]
name=ocp
baseurl=file:///fixtures/ocp
gpgkey=file:///fixtures/RPM-GPG-KEY-fixture
gpgcheck=1
EOF
cat > "$work/Containerfile" <<EOF
FROM localhost/peer-base:latest
RUN dnf -q -y --noplugins --releasever=9 --setopt=reposdir=/repos --setopt=install_weak_deps=0 --setopt=tsflags=nodocs install ${node[*]} && dnf -q clean all
EOF
mkdir -p "$work/repos" "$work/empty" && cp "$work/node.repo" "$work/repos/"
theirs_node() {
  "${store[@]}" bud -q --isolation chroot --no-cache -v "$fixtures:/fixtures:ro" -v "$work/repos:/repos:ro" -f "$work/Containerfile" -t localhost/peer-node:latest "$work/empty" || return
  rm -f "$work/peer-node.tar"
  "${store[@]}" push -q localhost/peer-node:latest "oci-archive:$work/peer-node.tar"
}

# One package changed: the last of the list is left out in one run and there in the other.
changed=("${full[@]:0:${#full[@]}-1}")
for ((run = 1; run <= runs; run++)); do
  echo "run $run of $runs" >&2

  rm -rf "$NODEIMAGE_CACHE"; fresh base; BenchPackages=$(join "${changed[@]}")
  seconds ours-cold publish base >> "$work/ours-cold"
  cat "$work/base.memory" >> "$work/memory"

  BenchPackages=$(join "${full[@]}")
  seconds ours-warm publish base >> "$work/ours-warm"
  cat "$work/base.memory" >> "$work/memory"

  fresh node
  seconds ours-node publish node >> "$work/ours-node"
  cat "$work/node.memory" >> "$work/memory"

  "${store[@]}" rmi --all --force >/dev/null 2>&1 || true
  rm -rf "$work/dnf-cache"
  seconds peer-cold theirs_base "${changed[@]}" >> "$work/peer-cold"
  seconds peer-warm theirs_base "${full[@]}" >> "$work/peer-warm"
  seconds peer-node theirs_node >> "$work/peer-node"
done

size() { stat -c %s "$1" | awk '{ printf "%.1f\n", $1 / 1000000 }'; }
row() { printf '%s %s %s %s\n' "$1" "$2" "$3" "$4"; }
{
  row base-cold "$(median < "$work/ours-cold")" "$(median < "$work/peer-cold")" s
  row base-warm "$(median < "$work/ours-warm")" "$(median < "$work/peer-warm")" s
  row node-publish "$(median < "$work/ours-node")" "$(median < "$work/peer-node")" s
  row base-size "$(size "$(archive base)")" "$(size "$work/peer-base.tar")" MB
  row node-size "$(size "$(archive node)")" "$(size "$work/peer-node.tar")" MB
  row peak-memory "$(awk '{ m = $1 > m ? $1 : m } END { printf "%.0f", m / 1024 }' "$work/memory")" 1024 MiB
} > "$work/rows"

awk '{ printf "%s  { \"name\": \"%s\", \"ours\": %s, \"peer\": %s, \"unit\": \"%s\", \"ratio\": %.2f }", NR == 1 ? "[\n" : ",\n", $1, $2, $3, $4, $3 / $2 } END { print "\n]" }' \
  "$work/rows" > artifacts/bench.json.new
mv artifacts/bench.json.new artifacts/bench.json
awk 'BEGIN { printf "%-14s %10s %10s %-5s %6s\n", "", "ours", "peer", "", "ratio" } { printf "%-14s %10s %10s %-5s %6.2f\n", $1, $2, $3, $4, $3 / $2 }' "$work/rows"
