#!/usr/bin/env bash
# Compares two records of record.sh. Exit code 0 if they agree, 1 if not, 2 for a mistake in the arguments. See README.md.
#
#   benchmarks/models/compare.sh BEFORE AFTER [--tolerance X] [--tensors]
set -euo pipefail
export LC_ALL=C

die() { echo "compare.sh: $*" >&2; exit 2; }

files=()
tolerance=0
tensors=0
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) sed -n '2,4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit ;;
    --tolerance) [ $# -ge 2 ] || die "--tolerance needs a number"; tolerance=$2; shift ;;
    --tensors) tensors=1 ;;
    -*) die "unknown option $1" ;;
    *) files+=("$1") ;;
  esac
  shift
done
[ ${#files[@]} = 2 ] || die "expected two records, BEFORE and AFTER"
[[ $tolerance =~ ^[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?$ ]] || die "--tolerance: found '$tolerance', expected a number >= 0"
for file in "${files[@]}"; do
  [ -s "$file" ] || die "$file is not there or empty"
  ! grep -Evq '^[^ ]+  [^/ ]+/' "$file" || die "$file is no record of record.sh"
done

awk -v tolerance="$tolerance" -v tensors="$tensors" '
  function size(x) { return x < 0 ? -x : x }
  function larger(x, y) { return x > y ? x : y }
  function note(name, text) { if (notes[name]++ < 3) detail[name] = detail[name] "\n  " text }

  {
    value = $1
    line = substr($0, index($0, "  ") + 2)
    name = substr(line, 1, index(line, "/") - 1)
    if (!(name in seen)) { seen[name] = 1; order[++cases] = name }
    if (line ~ /#metric /) judged[name] = 1
    if (NR == FNR) before[line] = value; else after[line] = value
    if (!(line in owner)) { owner[line] = name; lines[++count] = line }
  }

  END {
    tolerance += 0
    for (i = 1; i <= count; i++) {
      line = lines[i]
      name = owner[line]
      if (!(line in before) || !(line in after)) {
        missing[name]++
        note(name, line " only " (line in before ? "before" : "after"))
        continue
      }
      # As texts: a digest may look like a number.
      a = before[line] ""
      b = after[line] ""
      if (line ~ /#metric /) {
        metrics[name]++
        if (a == b) continue
        if (a == "null" || b == "null") difference = -1
        else difference = size(a - b) / larger(1, larger(size(a), size(b)))
        if (difference > largest[name]) largest[name] = difference
        if (difference < 0 || difference > tolerance || tolerance == 0) {
          wrong[name]++
          note(name, line ": " a " before, " b " after")
        }
      } else {
        files_[name]++
        if (a == b) continue
        if (line !~ /#tensors$/ && (line "#tensors") in before && before[line "#tensors"] == after[line "#tensors"]) {
          metadata[name]++
          note(name, line ": its metadata differ, its tensors do not")
        } else {
          changed[name]++
          if (tolerance == 0 || !(name in judged)) note(name, line " differs")
        }
      }
    }
    width = 4
    for (i = 1; i <= cases; i++) width = larger(width, length(order[i]))
    printf "%-" width "s  %-9s %7s %8s %12s\n", "case", "result", "digests", "metrics", "difference"
    for (i = 1; i <= cases; i++) {
      name = order[i]
      result = "same"
      if (metadata[name]) result = "metadata"
      if (changed[name]) result = tolerance > 0 && name in judged ? "close" : "differs"
      if (wrong[name]) result = "differs"
      else if (result != "differs" && largest[name] > 0) result = "close"
      if (missing[name]) result = "missing"
      failed = result == "differs" || result == "missing" || result == "metadata" && !tensors && tolerance == 0
      printf "%-" width "s  %-9s %7d %8d %12.3g%s\n", name, result, files_[name], metrics[name], largest[name], (failed ? "  !" : "")
      if (failed) { failures++; texts = texts "\n" name ":" detail[name] }
    }
    print ""
    if (failures) { print failures " of " cases " cases differ:" texts; exit 1 }
    print "all " cases " cases agree" (tolerance > 0 ? " within " tolerance : "")
  }' "${files[@]}"
