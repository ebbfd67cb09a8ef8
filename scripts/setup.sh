#!/bin/sh
# Make or refresh a private virtual environment holding this project in editable mode.
#
#   setup.sh VENV [EXTRA]      e.g.  setup.sh .venv    or    setup.sh .venv dev
#
# Needs a Python (see find_python.sh) and a package index. An environment that works is kept.
set -eu

venv=$1
extra=${2:-}
here=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$here"

works() {
    "$venv/bin/python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' \
        >/dev/null 2>&1 </dev/null
}

if ! works; then
    python=$(sh scripts/find_python.sh 3.11)
    echo "Setting up $venv with $python (once; it downloads the packages)."
    "$python" -m venv --clear "$venv" </dev/null
fi

target=".${extra:+[$extra]}"

# uv is faster, where it runs and reaches the index; its absence or failure is nothing to worry about.
if uv --version >/dev/null 2>&1 </dev/null; then
    if uv pip install --quiet --python "$venv/bin/python" --editable "$target" </dev/null 2>/dev/null; then
        exit 0
    fi
    echo "uv could not install the packages; trying pip."
fi
"$venv/bin/python" -m pip install -qq --no-input --disable-pip-version-check \
    --editable "$target" </dev/null
