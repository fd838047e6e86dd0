#!/usr/bin/bash
# Says in os-release that this is the CoreOS variant of the distribution.
set -euo pipefail
file=/usr/lib/os-release
. "$file"
sed -i "s/^NAME=.*/NAME=\"$NAME CoreOS\"/; s/^PRETTY_NAME=.*/PRETTY_NAME=\"$NAME CoreOS $VERSION\"/" "$file"
printf 'VARIANT=CoreOS\nVARIANT_ID=coreos\n' >> "$file"
