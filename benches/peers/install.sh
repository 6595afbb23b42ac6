#!/usr/bin/env bash
# Installs the programs that `cargo bench --bench peers` compares accede with, into target/peers, from the ordinary
# registries: PyPI, crates.io and Debian's packages. What is there already stays; remove target/peers to begin anew.
# What cannot be had is named at the end, and the bench says of each row that lacks its peer that it does.
set -uo pipefail
cd "$(dirname "$0")/../.."

peers="$PWD/target/peers"
missing=()
mkdir -p "$peers"

python_peers() {
    local packages=(duckdb-cli==1.5.6 clingo==5.8.3 nemo-python==0.10.1 z3-solver==5.4.0.0 beancount==3.2.3)
    [ -x "$peers/venv/bin/python" ] || python3 -m venv "$peers/venv" || { missing+=("Python's venv"); return; }
    local package
    for package in "${packages[@]}"; do
        "$peers/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$package" || missing+=("$package")
    done
}

# Newer ones need a newer Rust than accede does. Its plugins are not used here.
rustledger() {
    [ -x "$peers/bin/rledger" ] && return
    cargo install rustledger --version 0.15.0 --locked --no-default-features \
        --root "$peers" --target-dir "$peers/build" --jobs "${JOBS:-2}" || missing+=(rustledger)
}

# SQLite in process: a small program of ours with the library compiled in.
sqlite_in_process() {
    [ -x "$peers/bin/sqlite-asked" ] && return
    cargo install --path benches/peers/sqlite --locked \
        --root "$peers" --target-dir "$peers/build" --jobs "${JOBS:-2}" || missing+=("SQLite in process")
}

system_packages() {
    local package
    for package in sqlite3 valgrind; do
        command -v "$package" >/dev/null && continue
        { [ "$(id -u)" = 0 ] && apt-get update -q && apt-get install -q -y "$package"; } || missing+=("$package")
    done
}

system_packages
python_peers
sqlite_in_process
rustledger

if [ "${#missing[@]}" -gt 0 ]; then
    printf 'could not be installed: %s\n' "${missing[@]}" >&2
    exit 1
fi
printf 'all peers are in %s\n' "target/peers"
