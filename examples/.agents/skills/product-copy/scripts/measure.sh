#!/bin/sh
# Counts the words of a page text and says whether it is in range.
set -eu
words=$(wc -w < "$1" | tr -d ' ')
if [ "$words" -lt 60 ]; then
  echo "$words words: too short, at least 60"
  exit 1
elif [ "$words" -gt 120 ]; then
  echo "$words words: too long, at most 120"
  exit 1
fi
echo "$words words: good"
