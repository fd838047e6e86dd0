#!/usr/bin/env bash
# Makes the judges' own corpus: eng/judges/corpus/build.sh FOLDER (what was there is deleted). README.md says what is in it.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[[ $# -eq 1 ]] || { sed -n '2s/^# //p' "${BASH_SOURCE[0]}" >&2; exit 2; }

# Made aside, so that a build that fails leaves nothing half made where it would be taken for whole.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 HOME=$work/home GNUPGHOME=$work/gnupg GPG_TTY=/dev/null
mkdir -m 700 "$HOME" "$GNUPGHOME"
mkdir -p "$work"/out/{rpms/{plain,signed,unknown-key},keys,repodata,rpmdb,solver}

# build SPEC NAME [RPMBUILD-OPTION...]: builds all packages of a spec into rpms/plain/NAME.
build() {
  local spec=$1 name=$2 top=$work/build/$2
  shift 2
  mkdir -p "$top"
  rpmbuild -ba --quiet --define "_topdir $top" --define 'debug_package %{nil}' --define '_build_id_links none' \
    --define '__os_install_post %{nil}' --define '_buildhost builder.example.com' --target x86_64-linux "$@" "$here/specs/$spec.spec" >"$top.log" 2>&1 \
    || { cat "$top.log" >&2; return 1; }
  mkdir -p "$work/out/rpms/plain/$name"
  find "$top/RPMS" "$top/SRPMS" -name '*.rpm' -exec cp -t "$work/out/rpms/plain/$name" {} +
}

# One package in every compression, and in every file digest that rpm has.
for io in w.ufdio w9.gzdio w9.bzdio w2.xzdio w6.lzdio w3.zstdio; do
  build everything "${io#*.}" --define "_binary_payload $io" --define "_source_payload $io"
done
for algorithm in 1 2 8 9 10 11; do
  build base "digest-$algorithm" --define "_binary_filedigest_algorithm $algorithm" --define "_source_filedigest_algorithm $algorithm"
done
build base newer --define 'base_version 2.0^20240101'
build fruit fruit

# One key that is kept, one that is lost again, and a third of another kind.
make_key() {
  gpg --batch --quiet --pinentry-mode loopback --passphrase '' --quick-generate-key "$1 <$1@example.com>" "$2" sign never 2>/dev/null
}
sign() {
  local key=$1
  shift
  rpmsign --define "__gpg $(command -v gpg)" --define '_gpg_sign_cmd_extra_args --batch --pinentry-mode loopback --passphrase ""' --define "_gpg_name $key@example.com" --addsign "$@" >/dev/null
}
make_key kept rsa3072
make_key other rsa2048
make_key lost rsa2048
gpg --batch --armor --export kept@example.com >"$work/out/keys/kept.asc"
gpg --batch --export other@example.com >"$work/out/keys/other.gpg"
cp "$work"/out/rpms/plain/zstdio/everything-*.x86_64.rpm "$work"/out/rpms/plain/fruit/apple-*.rpm "$work/out/rpms/signed"
sign kept "$work"/out/rpms/signed/everything-*.rpm
sign other "$work"/out/rpms/signed/apple-*.rpm
cp "$work"/out/rpms/plain/fruit/berry-*.rpm "$work/out/rpms/unknown-key"
sign lost "$work"/out/rpms/unknown-key/*.rpm

# Repositories of the same packages, each made differently.
packages=$work/packages
mkdir "$packages"
cp "$work"/out/rpms/plain/{fruit,newer,digest-8}/*.rpm "$packages"
repository() {
  local name=$1
  shift
  mkdir "$work/out/repodata/$name"
  createrepo_c --quiet --no-database --outputdir "$work/out/repodata/$name" "$@" "$packages"
}
repository gzip --general-compress-type gz --groupfile "$here/comps.xml"
for type in bz2 xz; do
  repository "$type" --general-compress-type "$type"
done
repository sha512 --checksum sha512 --simple-md-filenames
repository signed
gpg --batch --pinentry-mode loopback --passphrase '' --local-user kept@example.com --armor --detach-sign "$work/out/repodata/signed/repodata/repomd.xml"

# A database that rpm made.
mkdir "$work/out/rpmdb/sqlite"
rpm --force-debian --dbpath "$work/out/rpmdb/sqlite" -i --justdb --nodeps --noscripts --notriggers --ignorearch --ignoreos --nosignature \
  "$work"/out/rpms/plain/{fruit,digest-8}/[a-z]*.noarch.rpm "$work"/out/rpms/plain/gzdio/*.x86_64.rpm
sqlite3 "$work/out/rpmdb/sqlite/rpmdb.sqlite" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
find "$work/out/rpmdb/sqlite" -type f ! -name rpmdb.sqlite -delete

cp "$here"/solver/*.t "$work/out/solver"
rm -rf "$1"
mkdir -p "$(dirname "$1")"
mv "$work/out" "$1"
