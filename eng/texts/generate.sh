#!/bin/sh
# Writes the list of all texts of diagnostics, which translations are made from: eng/texts/generate.sh [--check]
# With --check nothing is written, and the status is 1 where the list is stale.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec dotnet run --project "$here/NodeImage.Texts.csproj" -- --root "$here/../.." "$@"
