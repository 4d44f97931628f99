#!/usr/bin/env bash
# Brings JDKs that a machine seldom has into the user's cache, where the tests find them:
#
#   agent-tests/jdks.sh [8|11|21]...        (all of them, if none is named)
#
# They are Debian's, from the mirror that this machine's own apt uses. Each is made from a bootstrapped system of the
# Debian release that has it, of which the JDK stays, and the few libraries that it needs: a home like any other, which
# can be moved and removed. Takes root, a Debian with apt, and half a minute each; one that is there already stays.
set -euo pipefail

cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/maintenance-agent/jdks
limit=${JDKS_LIMIT:-600} # seconds for each step that loads something

say() { echo "jdks.sh: $*"; }
fail() { say "$*" >&2; exit 1; }

release_of() {
    case $1 in
        8) echo sid ;;
        11) echo bullseye ;;
        21) echo trixie ;;
        *) fail "JDK $1 is not known here; allowed: 8, 11, 21" ;;
    esac
}

works() { [ -f "$1/release" ] && timeout 60 "$1/bin/java" -version >/dev/null 2>&1; }

# The first of the machine's own sources that has Debian's releases (and not its security updates only).
mirror() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Label: Debian' 2>/dev/null | sed -n 1p; }

apt() { timeout "$limit" env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" >/dev/null 2>&1; }

prepare() {
    [ "$(id -u)" = 0 ] || fail "only root can bootstrap a Debian system; JDK $1 is not brought"
    command -v apt-get >/dev/null || fail "this is no Debian: there is no apt-get; JDK $1 is not brought"
    if [ -z "$(mirror)" ] || ! command -v debootstrap >/dev/null; then
        apt update || true # whether it helped shows below
    fi
    command -v debootstrap >/dev/null || apt install -y --no-install-recommends debootstrap \
        || fail "debootstrap is not there and cannot be installed; JDK $1 is not brought"
    [ -n "$(mirror)" ] || fail "the apt sources of this machine name no mirror of Debian; JDK $1 is not brought"
}

# Has a program of the home run with the libraries that it was built with. The dynamic linker lies in bin, since the
# launcher takes the directory of /proc/self/exe, which is the linker then, for its own.
wrap() {
    local program=$1 hidden
    hidden=$(dirname "$program")/.$(basename "$program")
    mv "$program" "$hidden"
    cat > "$program" <<'SCRIPT'
#!/bin/sh
self=$0
[ ! -L "$self" ] || self=$(readlink -f "$self")
home=${self%/*}
hidden=$home/.${self##*/}
home=${home%/*}
exec "$home/bin/.linker" --library-path "$home/.libraries" "$hidden" "$@"
SCRIPT
    chmod 755 "$program"
}

# home N ROOT DIR: the JDK N in the system at ROOT becomes a home at DIR.
home() {
    local jdk file
    jdk=$(cd "$2" && ls -d usr/lib/jvm/java-"$1"-openjdk-*/bin/java) && jdk=/${jdk%/bin/java}
    rm -rf "$2$jdk/docs" "$2$jdk/man" "$2$jdk/src.zip" "$2$jdk/lib/src.zip"
    # Its configuration lies elsewhere, behind links. Times count: the archive of shared classes looks at them.
    chroot "$2" cp -rLp "$jdk" /home-of-jdk 2>/dev/null || true # links may lead nowhere
    mv "$2/home-of-jdk" "$3"
    # What it is linked with; and what is loaded by name, or needed by libraries that applications bring.
    mkdir "$2/libraries"
    {
        chroot "$2" find "$jdk" -type f \( -name '*.so' -o -path '*/bin/*' \) -exec ldd {} + 2>/dev/null \
            | grep -o '/[^ ]*' | grep -v -e "^$jdk" -e ':$' || true
        (cd "$2" && ls -d lib/*/lib{nss_files,nss_dns,resolv,gcc_s,pthread,dl,rt,util}.so.* | sed 's,^,/,')
    } | sort -u | chroot "$2" xargs cp -L -t /libraries 2>/dev/null # one may be named twice
    mv "$2"/libraries/ld-linux* "$3/bin/.linker"
    mv "$2/libraries" "$3/.libraries"
    for file in "$3"/bin/* "$3"/lib/jspawnhelper; do
        if [ -f "$file" ] && [ "$(head -c 4 "$file" | tail -c 3)" = ELF ]; then
            wrap "$file"
        fi
    done
    if [ -d "$3/jre/bin" ]; then # where java.home is, up to 8
        for file in "$3"/jre/bin/*; do
            [ ! -e "$3/bin/${file##*/}" ] || ln -sf "../../bin/${file##*/}" "$file"
        done
    fi
    [ -f "$3/release" ] || "$3/bin/java" -version 2>&1 | sed -n '1s/.*version \("[^"]*"\).*/JAVA_VERSION=\1/p' > "$3/release"
}

bring() {
    local suite from began=$SECONDS
    suite=$(release_of "$1")
    if works "$cache/$1"; then
        say "JDK $1 is there: $cache/$1"
        return
    fi
    prepare "$1"
    from=$(mirror)
    new=$(mktemp -d "$cache/.new-XXXXXX")
    trap 'rm -rf --one-file-system "$new"' EXIT
    timeout "$limit" debootstrap --variant=minbase --include="openjdk-$1-jdk-headless,ca-certificates" \
            "$suite" "$new/root" "$from" > "$new/log" 2>&1 \
        || fail "Debian's $suite cannot be bootstrapped from $from ($(tail -n 1 "$new/log")); JDK $1 is not brought"
    home "$1" "$new/root" "$new/home"
    works "$new/home" || fail "the JDK $1 of Debian's $suite does not run here"
    rm -rf "${cache:?}/$1"
    mv "$new/home" "$cache/$1"
    rm -rf --one-file-system "$new"
    trap - EXIT
    say "JDK $1, $(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$cache/$1/release"), brought from Debian's $suite in" \
        "$((SECONDS - began)) s: $cache/$1"
}

[ $# -gt 0 ] || set -- 8 11 21
for feature in "$@"; do
    release_of "$feature" >/dev/null
done
mkdir -p "$cache"
exec 9> "$cache/.lock"
flock -w "$limit" 9 || fail "another one is at it for more than $limit s"
for feature in "$@"; do
    bring "$feature"
done
