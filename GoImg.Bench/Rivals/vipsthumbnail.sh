#!/usr/bin/env bash
# libvips' own command, once for each size, over all photos; the photos are dealt to as many runs at once as there are cores.
#   vipsthumbnail.sh LIST OUTPUT EFFORT…     a WebP effort for each size, largest first
set -euo pipefail
list=$1 output=$2; shift 2
efforts=("$@")
sides=(1600 800 320 160)
cores=$(nproc)

render() {
  local i photos
  mapfile -t photos < <(awk -v n="$cores" -v k="$1" 'NR % n == k' "$list")
  if [ ${#photos[@]} = 0 ]; then return; fi
  for i in 0 1 2 3; do
    vipsthumbnail --size "${sides[i]}x${sides[i]}>" -o "$output/%s-${sides[i]}.webp[Q=82,effort=${efforts[i]:-${efforts[0]}},strip]" "${photos[@]}"
  done
}

echo ready
while read -r; do
  for ((core = 0; core < cores; core++)); do render "$core" & done
  wait
  echo "done $(cat "$output"/*.webp | wc -c)"
done
