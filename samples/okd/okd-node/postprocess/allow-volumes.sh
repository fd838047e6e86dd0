#!/usr/bin/bash
set -euo pipefail
semanage boolean --modify --on container_use_cephfs
semanage boolean --modify --on virt_use_samba
