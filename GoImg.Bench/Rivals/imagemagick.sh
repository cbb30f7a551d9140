#!/usr/bin/env bash
# ImageMagick as most answers on the web have it: a command for each photo and size.
#   imagemagick.sh LIST OUTPUT
set -euo pipefail
list=$1 output=$2
echo ready
while read -r; do
  while read -r photo; do
    for side in 1600 800 320 160; do
      /usr/bin/convert "$photo" -auto-orient -resize "${side}x${side}>" -strip -quality 82 "$output/$(basename "$photo" .jpg)-$side.webp"
    done
  done <"$list"
  echo "done $(cat "$output"/*.webp | wc -c)"
done
