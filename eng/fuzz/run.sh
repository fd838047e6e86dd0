#!/bin/sh
# Fuzzes the readers of packages, keys, metadata, databases, images, scriptlets and settings for so many seconds each: eng/fuzz/run.sh [SECONDS] [SEED] [TARGET...]
# Real packages and metadata join the corpus where NODEIMAGE_TESTDATA names a folder of them.
set -eu
cd "$(dirname "$0")"
dotnet run -c Release --project NodeImage.Fuzz.csproj -- "$@"
