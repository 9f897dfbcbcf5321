# Sourced by ./audiorelay, ./test and ./bench: finds out what this machine lacks, says so, installs it, and builds only what has changed.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# A build node that stays behind keeps our output open, and whoever reads it through a pipe would wait for it.
export MSBUILDDISABLENODEREUSE=1

artifacts="$root/artifacts"
mkdir -p "$artifacts/logs" "$artifacts/stamps"

say() { printf '%s\n' "$*" >&2; }
die() { say "$me: $*"; exit 1; }

# --- what the machine must have -------------------------------------------------------------------------------------------------

has_library() {
  local ldconfig; ldconfig=$(command -v ldconfig || echo /sbin/ldconfig)
  [ -x "$ldconfig" ] || return 0 # not a glibc Linux: `audiorelay doctor` looks by loading the libraries
  local known; known=$("$ldconfig" -p 2>/dev/null) # not a pipe into grep -q: that ends ldconfig early, which counts as failed
  [[ "$known" == *"$1 "* ]]
}
has_command() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ]; }
# Where Debian puts it is not in everybody's path.
has_nginx() { has_command nginx || [ -x /usr/sbin/nginx ]; }
has_postgres() { compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || has_command initdb; }
has_c_compiler() { has_command cc && [ -e /usr/include/stdio.h ]; }

# Prints the packages that are missing, one per line; `a|b` means whichever of the two this release calls it.
missing_to_run() {
  has_library libmpg123.so.0 || echo 'libmpg123-0|libmpg123-0t64'
  has_library libfaad.so.2 || echo libfaad2
  has_library libopus.so.0 || echo libopus0
  has_library libvo-aacenc.so.0 || echo libvo-aacenc0
  has_library libsqlite3.so.0 || echo libsqlite3-0
}
# Peers and tools of the benchmarks.
missing_to_bench() {
  has_command ffmpeg || echo ffmpeg
  has_postgres || echo postgresql
  has_nginx || echo nginx
}
missing_to_test() {
  has_command icecast2 || echo icecast2
  has_command ffmpeg || echo ffmpeg
  has_command opusinfo || echo opus-tools
  has_command chromium || echo chromium
  has_postgres || echo postgresql
  has_command sqlite3 || echo sqlite3
  has_command strace || echo strace
  has_command systemd-analyze || echo systemd
  has_c_compiler || printf '%s\n' gcc libc6-dev
}

# `a|b` becomes the first that the package lists offer; what they do not offer at all is left out and said.
resolve_packages() {
  local wanted name found
  for wanted in "$@"; do
    found=
    for name in ${wanted//|/ }; do
      if apt-cache show "$name" >/dev/null 2>&1; then found=$name; break; fi
    done
    if [ -n "$found" ]; then echo "$found"; else say "$me: this system's package lists have no ${wanted//|/ or }"; fi
  done
}

lists_are_empty() { ! compgen -G '/var/lib/apt/lists/*Packages*' >/dev/null; }

# install_missing PACKAGE...: root: apt-get; else sudo without a password; else the one command to type. Fails when something stays missing.
install_missing() {
  [ $# -gt 0 ] || return 0
  if ! has_command apt-get; then
    say "$me: this machine lacks: ${*//|/ or }"
    say "$me: they are named as Debian names them; './audiorelay doctor' says how to get them on macOS and Windows"
    return 1
  fi
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    if has_command sudo && sudo -n true 2>/dev/null; then
      as_root=(sudo -n)
    else
      local names=(); local p; for p in "$@"; do names+=("${p%%|*}"); done
      say "$me: these packages are missing and installing them needs root. Type:"
      say ""
      say "    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names[*]}"
      say ""
      return 1
    fi
  fi
  # No questions (icecast2 has some), and no services started: the tests start their own on free ports.
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true RUNLEVEL=1 apt-get -q)
  local log="$artifacts/logs/apt.log"
  : >"$log"
  if lists_are_empty; then
    say "$me: reading the package lists (apt-get update)"
    "${apt[@]}" update >>"$log" 2>&1 || { tail -5 "$log" >&2; say "$me: apt-get update failed"; return 1; }
  fi
  local packages; mapfile -t packages < <(resolve_packages "$@")
  [ ${#packages[@]} -gt 0 ] || return 1
  # Nor is a database server to be set up that would start with the machine: the tests make their own cluster in a temporary folder.
  local clusters=/etc/postgresql-common/createcluster.conf
  if [[ " ${packages[*]} " == *" postgresql "* ]] && [ ! -e "$clusters" ]; then
    "${as_root[@]}" mkdir -p "${clusters%/*}" && echo 'create_main_cluster = false' | "${as_root[@]}" tee "$clusters" >/dev/null
  fi
  say "$me: installing with apt-get: ${packages[*]}"
  local install=("${apt[@]}" install -y --no-install-recommends -o Dpkg::Options::=--force-confold -o DPkg::Lock::Timeout=300 "${packages[@]}")
  if ! "${install[@]}" >>"$log" 2>&1 </dev/null; then
    # Old lists name versions that the mirror no longer has.
    "${apt[@]}" update >>"$log" 2>&1 && "${install[@]}" >>"$log" 2>&1 </dev/null || { tail -15 "$log" >&2; say "$me: apt-get install failed ($log)"; return 1; }
  fi
  # Nor a web server that would start with the machine.
  if [[ " ${packages[*]} " == *" nginx "* ]] && has_command systemctl; then
    "${as_root[@]}" systemctl disable nginx >>"$log" 2>&1 || say "$me: nginx was installed and may start with this machine: sudo systemctl disable nginx"
  fi
}

find_dotnet() {
  if ! has_command dotnet && [ -x "${DOTNET_ROOT:-$HOME/.dotnet}/dotnet" ]; then PATH="${DOTNET_ROOT:-$HOME/.dotnet}:$PATH"; fi
  has_command dotnet || die "the .NET 10 SDK is needed: https://dotnet.microsoft.com/download/dotnet/10.0"
  (cd "$root" && dotnet --version >/dev/null 2>&1) || die "the .NET 10 SDK is needed; 'dotnet --list-sdks' says: $(dotnet --list-sdks 2>/dev/null | tr '\n' ' ')"
}

find_node() {
  has_command node && has_command npm || die "Node 20 or newer (with npm) is needed to build the web UI: https://nodejs.org"
  local major; major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || die "Node 20 or newer is needed to build the web UI; this is $(node --version)"
}

# --- building only what has changed ---------------------------------------------------------------------------------------------

# One hash over names and contents of every file below the given paths that a build reads. Paths and patterns are of the checkout, so
# patterns are passed quoted and expanded here: whoever calls may stand anywhere.
content_hash() {
  (cd "$root" && find $* \( -name bin -o -name obj -o -name node_modules -o -name dist -o -name TestResults \) -prune -o -type f -print0 \
    | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
}

# Two terminals may start at once: only one builds, the other waits for it. Not held while the program runs.
lock_build() { if has_command flock; then exec 9>"$artifacts/.lock"; flock 9; fi; }
unlock_build() { if has_command flock; then exec 9>&-; fi; }

stamp_is() { [ "$(cat "$artifacts/stamps/$1" 2>/dev/null)" = "$2" ]; }
stamp() { printf '%s\n' "$2" >"$artifacts/stamps/$1"; }

run_logged() { # run_logged NAME COMMAND...: quiet when it works, everything shown when not
  local log="$artifacts/logs/$1.log"; shift
  if ! "$@" >"$log" 2>&1 9>&- </dev/null; then cat "$log" >&2; return 1; fi
}

install_web_packages() {
  local lock; lock=$(sha256sum "$root/web/package-lock.json" | cut -c1-16)
  if [ -d "$root/web/node_modules" ] && stamp_is web-packages "$lock"; then return; fi
  say "$me: fetching the web UI's packages (npm ci)"
  run_logged npm npm --prefix "$root/web" ci --no-audit --no-fund || return 1
  stamp web-packages "$lock"
}

build_web() {
  [ -f "$root/web/package.json" ] || return 0
  local sources; sources=$(content_hash web)
  if [ -d "$root/web/dist" ] && stamp_is web "$sources"; then return; fi
  find_node
  install_web_packages || return 1
  say "$me: building the web UI"
  run_logged web npm --prefix "$root/web" run build || return 1
  stamp web "$sources"
}
