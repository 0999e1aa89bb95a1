#!/bin/sh
# with_tool.sh TOOL ARGUMENT...: runs a tool; ends with 77 (skipped) where it is not installed.
command -v "$1" >/dev/null || { echo "skipped: $1 is not installed"; exit 77; }
exec "$@"
