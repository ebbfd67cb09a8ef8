#!/bin/sh
# Print the path of a Python that really runs, or fail with a message.
#
#   find_python.sh [MINIMUM [BELOW]]      versions as 3.11; BELOW is excluded
#
# Candidates are tried by running them: a version manager leaves a `python3.12` on the path that
# exists and refuses to start. One without venv or ensurepip is passed over, unless
# FIND_PYTHON_BARE=yes. The variable PYTHON, if set, is the only candidate.
set -eu

minimum=${1:-3.11}
below=${2:-}

probe='
import sys
def version(text):
    return tuple(int(part) for part in text.split("."))
minimum, below, bare = sys.argv[1:4]
if sys.version_info[:2] < version(minimum):
    sys.exit(1)
if below and sys.version_info[:2] >= version(below):
    sys.exit(1)
if bare != "yes":
    import ensurepip, venv
print(sys.executable)
'

try() {
    found=$("$1" -c "$probe" "$minimum" "$below" "${FIND_PYTHON_BARE:-no}" 2>/dev/null </dev/null) ||
        return 1
    [ -n "$found" ] || return 1
    printf '%s\n' "$found"
    exit 0
}

if [ -n "${PYTHON:-}" ]; then
    try "$PYTHON" || true
    echo "PYTHON=$PYTHON is no Python >= $minimum${below:+ and < $below} that can make a venv." >&2
    exit 1
fi

# The person's own python3 first, then by name, then what pyenv keeps off the path.
for candidate in python3 python3.13 python3.12 python3.11 python3.14 python \
    "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/*/bin/python; do
    try "$candidate" || true
done

echo "No Python >= $minimum${below:+ and < $below} was found that runs and can make a virtual" \
    "environment. Install one (with its venv package), or name it: make play PYTHON=/path/to/python3" >&2
exit 1
