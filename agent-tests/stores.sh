#!/usr/bin/env bash
# Brings servers that hold states into the user's cache, where the tests find them:
#
#   agent-tests/stores.sh [etcd|consul|nginx]...        (these three, if none is named)
#   agent-tests/stores.sh etcd-3.5 valkey               (for -Dstores.etcd=etcd-3.5 and -Dredis.server=FILE)
#
# They are Debian's, from the mirrors that this machine's own apt uses: packages that are unpacked, not installed, so
# no root is needed and nothing is started. Consul is in no release behind bullseye, which is asked for it; etcd 3.5 and
# Valkey are in trixie, the latter with the libraries of that release, which a script gives it. Takes a Debian with apt,
# and some seconds each; one that is there already stays.
set -euo pipefail

cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/maintenance-agent/stores
limit=${STORES_LIMIT:-300} # seconds for each step that loads something

say() { echo "stores.sh: $*"; }
fail() { say "$*" >&2; exit 1; }

# The first of the machine's own sources that has Debian's releases (and not its security updates only).
mirror() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' 2>/dev/null | sed -n 1p; }

# download PACKAGE...: from the machine's own release.
download() { timeout "$limit" apt-get -qq download "$@" > log 2>&1; }

# download_from RELEASE PACKAGE...: with lists of its own, so that nothing of the machine's apt changes.
download_from() {
    local from release=$1
    shift
    from=$(mirror)
    [ -n "$from" ] || fail "the apt sources of this machine name no mirror of Debian, or its lists are empty (apt-get update)"
    mkdir -p apt/lists/partial apt/archives/partial
    echo "deb $from $release main" > apt/sources.list
    local own=(-o "Dir::Etc::sourcelist=$PWD/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o "Dir::State::lists=$PWD/apt/lists" -o "Dir::Cache=$PWD/apt" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=)
    timeout "$limit" apt-get -qq "${own[@]}" update > log 2>&1 \
        && timeout "$limit" apt-get -qq "${own[@]}" download "$@" >> log 2>&1
}

works() {
    case $1 in
        etcd | etcd-3.5) timeout 60 "$2/usr/bin/etcd" --version && [ -x "$2/usr/bin/etcdctl" ] ;;
        consul) timeout 60 "$2/usr/bin/consul" version ;;
        nginx) timeout 60 "$2/usr/sbin/nginx" -v ;;
        valkey) timeout 60 "$2/valkey-server" --version ;;
    esac >/dev/null 2>&1
}

bring() {
    local began=$SECONDS
    if works "$1" "$cache/$1"; then
        say "$1 is there: $cache/$1"
        return
    fi
    command -v apt-get >/dev/null || fail "this is no Debian: there is no apt-get; $1 is not brought"
    new=$(mktemp -d "$cache/.new-XXXXXX")
    trap 'rm -rf --one-file-system "$new"' EXIT
    cd "$new"
    case $1 in
        etcd) download etcd-server etcd-client ;;
        consul) download_from bullseye consul ;;
        nginx) download nginx ;;
        etcd-3.5) download_from trixie etcd-server etcd-client ;;
        valkey) download_from trixie valkey-tools valkey-server libatomic1 libc6 libcap2 libgcc-s1 libjemalloc2 liblzf1 \
            libssl3t64 libstdc++6 libsystemd0 libzstd1 zlib1g ;;
    esac || fail "$1 cannot be loaded ($(tail -n 1 log)); it is not brought"
    for package in ./*.deb; do
        dpkg -x "$package" root
    done
    if [ "$1" = valkey ]; then
        {
            echo '#!/bin/sh'
            echo 'root=$(dirname "$0")'
            echo 'exec "$root/usr/lib64/ld-linux-x86-64.so.2" --library-path "$root/usr/lib/x86_64-linux-gnu" \'
            echo '    "$root/usr/bin/valkey-server" "$@"'
        } > root/valkey-server
        chmod +x root/valkey-server
    fi
    works "$1" "$new/root" || fail "$1 does not run here (a library may be missing); it is not brought"
    rm -rf "${cache:?}/$1"
    mv root "$cache/$1"
    cd "$cache"
    rm -rf --one-file-system "$new"
    trap - EXIT
    say "$1 brought in $((SECONDS - began)) s: $cache/$1"
}

[ $# -gt 0 ] || set -- etcd consul nginx
for name in "$@"; do
    case $name in
        etcd | consul | nginx | etcd-3.5 | valkey) ;;
        *) fail "$name is not known here; allowed: etcd, consul, nginx, etcd-3.5, valkey" ;;
    esac
done
mkdir -p "$cache"
exec 9> "$cache/.lock"
flock -w "$limit" 9 || fail "another one is at it for more than $limit s"
for name in "$@"; do
    bring "$name"
done
