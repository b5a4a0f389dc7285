#!/bin/sh
# Renders src/*.dot to SVG beside this script; with --check it only says which are not up to date. Needs Debian's graphviz.
set -eu
cd "$(dirname "$0")"
stale=0
for source in src/*.dot; do
  picture=$(basename "$source" .dot).svg
  # The comments name the version of Graphviz.
  dot -Tsvg "$source" | sed -e '/^<!-- Generated/,/-->$/d' -e '/^<!--.*-->$/d' > "$picture.new"
  if [ "${1:-}" = --check ]; then
    cmp -s "$picture" "$picture.new" || { echo "$picture is not what $source makes" >&2; stale=1; }
    rm "$picture.new"
  else
    mv "$picture.new" "$picture"
  fi
done
exit $stale
