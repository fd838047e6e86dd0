#!/bin/sh
# Writes what is generated from sdk/schema/nodeimage.schema.json: eng/schema/generate.sh [--check]
# With --check nothing is written; the files that are stale are listed, and the status is 1 where there are any.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
exec dotnet run --project "$here/NodeImage.Schema.csproj" -- --root "$here/../.." "$@"
