# Shared by the scripts in bin/: paths, messages, stages with their times, and counting. Sourced, never run.
# shellcheck shell=bash disable=SC2034
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
script=$root/bin/$(basename "$0")
cd "$root"

# Outside of the clone, so that a fresh clone builds in a minute and not in five.
scratch=${KLARTEXT_SCRATCH:-/var/tmp/klartext-build}
venv=${KLARTEXT_VENV:-${HOME:-/var/tmp}/.cache/klartext/venv}

say() { printf '%s\n' "$*" >&2; }
fail() { say "$(basename "$0"): $*"; exit 1; }

# Shows the comment at the top of a script as its help.
usage() { sed -n '2,/^[^#]/ s/^# \{0,1\}//p' "$script"; }
case ${1:-} in -h | --help) usage; exit 0 ;; esac

need_swift() {
    command -v swift >/dev/null || fail "swift is not on the PATH; Swift 6.2 or later is needed (https://www.swift.org/install/linux/)"
}

# build [ARGUMENT...]: the debug build, or with KLARTEXT_RELEASE=1 the release build (about 8 minutes from nothing).
build() {
    need_swift
    swift build --scratch-path "$scratch" -c "$(configuration)" "$@" >&2
}
configuration() { if [ "${KLARTEXT_RELEASE:-}" = 1 ]; then echo release; else echo debug; fi; }
binary() { echo "$scratch/$(configuration)/klartext"; }

# Where `klartext` serves and receives, as host:port, for scripts that speak to it.
http_address() { echo "${KLARTEXT_LISTEN:-127.0.0.1:8080}"; }
lmtp_address() { echo "${KLARTEXT_LMTP:-127.0.0.1:2424}"; }

# accepts HOST:PORT: whether somebody listens there.
accepts() {
    local host=${1%:*}
    host=${host#[}
    (exec 3<>"/dev/tcp/${host%]}/${1##*:}") 2>/dev/null
}

# The demonstration: its own directory, and the mail catcher instead of a mail server.
use_demo() {
    export KLARTEXT_DATA=${KLARTEXT_DATA:-$root/var/demo}
    export KLARTEXT_DEVELOPMENT=${KLARTEXT_DEVELOPMENT:-true}
    export KLARTEXT_PUBLIC=${KLARTEXT_PUBLIC:-$root/Public} KLARTEXT_LOCALES=${KLARTEXT_LOCALES:-$root/Locales}
    export KLARTEXT_FORMS=${KLARTEXT_FORMS:-$root/forms}
    # who the demo tells of: Sources/Klartext/Demo/DemoCast.swift
    export KLARTEXT_ADDRESS=${KLARTEXT_ADDRESS:-hilfe@nordlicht.example} KLARTEXT_COMPANY=${KLARTEXT_COMPANY:-Nordlicht Hosting}
    signin=$KLARTEXT_DATA/demo-signin.txt
}

# stage NAME COMMAND...: runs it and says how long it took. Its exit status is that of the command.
stage() {
    local name=$1 start=$SECONDS status=0
    shift
    say "== $name"
    "$@" || status=$?
    if [ "$status" = 0 ]; then say "== $name: well after $((SECONDS - start)) s"; else say "== $name: FAILED after $((SECONDS - start)) s"; fi
    return "$status"
}

# Counts over several runners. add_counts reads the line `N passed, N failed` that a runner ended with.
passed=0 failed=0
add_counts() {
    local line
    line=$(grep -oE '[0-9]+ passed, [0-9]+ failed' "$1" | tail -n 1) || return 1
    passed=$((passed + ${line%% *}))
    line=${line#*, }
    failed=$((failed + ${line%% *}))
}
# The last line of a run, for people and for machines.
summary() {
    printf '%d passed, %d failed\n' "$passed" "$failed"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
