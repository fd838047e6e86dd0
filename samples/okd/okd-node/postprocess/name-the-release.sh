#!/usr/bin/bash
# The release of the cluster that this image belongs to.
set -euo pipefail
echo 'OPENSHIFT_VERSION="5.0"' >> /usr/lib/os-release
