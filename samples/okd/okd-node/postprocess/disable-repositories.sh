#!/usr/bin/bash
set -euo pipefail
find /etc/yum.repos.d -name '*.repo' -exec sed -i 's/^enabled *= *1/enabled=0/' {} +
