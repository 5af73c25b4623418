# shellcheck shell=bash
# Sourced by the other scripts: the repository's root as current folder, Node on PATH, how many jobs.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

# Where bin/setup puts Node when the machine has none that is new enough.
if [[ -x build/node/node_modules/node/bin/node ]]; then
  PATH="$root/build/node/node_modules/node/bin:$PATH"
  export PATH
fi

# A second checkout, such as a clean clone under test, finds what the first one compiled.
export CCACHE_BASEDIR="$root" CCACHE_NOHASHDIR=1

# One compiler takes up to 1.5 GiB.
build_jobs() {
  local cores memory_gib by_memory
  cores=$(nproc)
  memory_gib=$(awk '/^MemAvailable/ { print int($2 / 1048576) }' /proc/meminfo)
  by_memory=$((memory_gib * 2 / 3))
  ((by_memory >= 1)) || by_memory=1
  echo "${TANDEM_BUILD_JOBS:-$((cores < by_memory ? cores : by_memory))}"
}

say() { printf '\n== %s\n' "$*"; }

complain() { printf '%s\n' "$*" >&2; }

# ensure_modules FOLDER: its npm packages are those of its lock. Quick when they are.
ensure_modules() {
  local lock=$1/package-lock.json installed=$1/node_modules/.installed-lock
  if ! cmp -s "$lock" "$installed"; then
    (cd "$1" && npm ci --no-audit --no-fund) || return 1
    cp "$lock" "$installed"
  fi
}

# configure_build FOLDER OPTION...
configure_build() {
  local folder=$1
  shift
  # CMake is asked again only when it was never asked or the options differ.
  if [[ ! -f $folder/build.ninja || "$*" != "$(cat "$folder/options.txt" 2>/dev/null)" ]]; then
    cmake -S . -B "$folder" -G Ninja "$@" || return 1
    echo "$*" >"$folder/options.txt"
  fi
}
