# Sourced by the scripts of this folder's parent that need programs of the distribution they run on.

# need_peers PACKAGE...
# Sees to it that Debian packages are installed: installs what is missing where that is allowed, and says what to do where it is not.
need_peers() {
  local package missing=()
  for package in "$@"; do
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  if [[ ${#missing[@]} -eq 0 ]]; then
    return 0
  fi

  local sudo=()
  if [[ $(id -u) -ne 0 ]]; then
    if ! command -v sudo >/dev/null || ! sudo -n true 2>/dev/null; then
      echo "$(basename "$0"): packages are missing; run this first: sudo apt-get install ${missing[*]}" >&2
      return 1
    fi
    sudo=(sudo -n)
  fi

  # Lists that are there already will often do; without any, and where they are stale, they are fetched.
  local install=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install "${missing[@]}")
  "${install[@]}" >/dev/null 2>&1 || { "${sudo[@]}" apt-get -qq update && "${install[@]}" >/dev/null; }
}
