#!/usr/bin/env bash
# Trains small models with every kind of option and prints a digest of each file and the metrics. See README.md.
#
#   benchmarks/models/record.sh [--kronwood PATH_TO_LAUNCHER] [--out FILE] [--jobs N] [--only PATTERN] [--keep FOLDER]
set -euo pipefail
export LC_ALL=C TZ=UTC

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
root=$(cd -- "$here/../.." && pwd -P)
kronwood=$root/kronwood
out=
jobs=2
only='*'
keep=

die() { echo "record.sh: $*" >&2; exit 2; }

while [ $# -gt 0 ]; do
  case $1 in -h | --help) sed -n '2,4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit ;; esac
  [ $# -ge 2 ] || die "$1 needs a value"
  case $1 in
    --kronwood) kronwood=$2 ;;
    --out) out=$2 ;;
    --jobs) jobs=$2 ;;
    --only) only=$2 ;;
    --keep) keep=$2 ;;
    *) die "unknown option $1" ;;
  esac
  shift 2
done
[ -x "$kronwood" ] || die "--kronwood: $kronwood is no program"
kronwood=$(cd -- "$(dirname -- "$kronwood")" && pwd -P)/$(basename -- "$kronwood")
[[ $jobs =~ ^[1-9][0-9]*$ ]] || die "--jobs: found '$jobs', expected a number >= 1"

# A fixed heap: the plan of a training depends on the memory that is there, and the plan is part of a model's provenance.
# The JVM's own messages go to standard output, among the results: none are wanted.
java_options="-Xmx700m -XX:+UseSerialGC -Xlog:disable ${KRONWOOD_JAVA_OPTS:-}"
export KRONWOOD_JAVA_OPTS=$java_options

if [ -n "$keep" ]; then
  mkdir -p "$keep"
  work=$(cd -- "$keep" && pwd -P)
  [ -z "$(ls -A "$work")" ] || die "--keep: $keep is not empty"
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi

# ---- Commands. A case runs in a folder of its own, with relative paths only: some paths get into the results.

kron() { "$kronwood" "$@" 2>>errors.log || { echo "kronwood $*" >>errors.log; return 1; }; }

# Trains a small network in one thread; the report is train.json.
# Of the network alone, unless it is tuned: what is held out to weigh its parts is a case of its own.
train() {
  local plain=--plain
  case " $* " in *" --tune "*) plain= ;; esac
  kron train "$@" $plain --quiet --json --out model.kron >train.json
}
small=(--neurons 16 --epochs 3 --batch 8 --threads 1)
parts=(--test-where "part = 'test'")
three_parts=("${parts[@]}" --validation-where "part = 'validation'")

pairs=(--pairs data/pairs.csv --modes left,right)
left=(--features left=data/left.csv)
right=(--features right=data/right.csv)
described=("${pairs[@]}" "${left[@]}" "${right[@]}" "${parts[@]}" "${small[@]}")
affinity=("${described[@]}" --target affinity)

# Trains on another description of the left entities.
train_left() { train "${pairs[@]}" "${right[@]}" "${parts[@]}" "${small[@]}" --target affinity "$@"; }
train_encoded() { train_left --features "left=sql:SELECT id, $1 FROM 'data/mixed.csv'" --encode "left.$1=$2" "${@:3}"; }

duels=(--pairs data/duels.csv --modes first:item,second:item --features item=data/left.csv "${parts[@]}")
train_duels() { train "${duels[@]}" "${small[@]}" "$@"; }

predict() { kron predict --model model.kron --threads 1 "$@"; }
predict_pairs() { predict --pairs data/pairs.csv --out pairs.csv "$@"; }
predict_new() { predict --pairs data/new_pairs.csv --out new.csv "$@"; }
evaluate() { kron evaluate --model model.kron --threads 1 --json "$@" >evaluate.json; }
rank() { kron rank --model model.kron --threads 1 "$@"; }

. "$here/cases.sh"

# ---- Digests. Every line is "VALUE  CASE/FILE", "VALUE  CASE/FILE#tensors" or "VALUE  CASE/FILE#metric NAME".

digest() { sha256sum | cut -d ' ' -f 1; }

# The number at offset $2 of file $1, little-endian, of $3 bytes, whatever the order of bytes of this machine.
number_at() { od -An -v -tu1 -j "$2" -N "$3" "$1" | awk '{ for (i = NF; i > 0; i--) n = n * 256 + $i } END { print n }'; }

# A model after its header; the header has the provenance.
tensors_of_model() { tail -c "+$((8 + $(number_at "$1" 0 8) + 1))" "$1"; }

# A checkpoint after its header and before its own digest.
tensors_of_checkpoint() { tail -c "+$((16 + $(number_at "$1" 12 4) + 1))" "$1" | head -c -64; }

# What a JSON file says of the result, without times, memory and the count of work.
flat() { awk -f "$here/flatten.awk" "$1" | grep -Ev '(^|\.)(seconds|peakBytes|work|parallel)[.	]'; }

metrics_of_json() { awk -F '\t' '$1 ~ /(^|\.)(metrics|losses|ranking|linearLoss|networkLoss|loss)(\.|$)/ && $2 ~ /^(null|-?[0-9])/ { print $2 "  " $1 }'; }

# Mean and root mean square of each column of numbers.
metrics_of_csv() {
  awk -F , '
    NR == 1 { columns = NF; for (c = 1; c <= NF; c++) { name[c] = $c; number[c] = 1 } next }
    { for (c = 1; c <= columns; c++) { if ($c !~ /^-?[0-9]/) number[c] = 0; sum[c] += $c; squares[c] += $c * $c } }
    END {
      for (c = 1; c <= columns; c++) if (number[c] && NR > 1) {
        printf "%.15g  mean.%s\n", sum[c] / (NR - 1), name[c]
        printf "%.15g  rms.%s\n", sqrt(squares[c] / (NR - 1)), name[c]
      }
    }' "$1"
}

# All lines of the case in the current folder, whose name is $1.
lines_of() {
  local file
  find . -type f ! -name '.*' ! -name errors.log | sed 's|^\./||' | sort | while read -r file; do
    case $file in
      *.json)
        flat "$file" >"$work/.$1.flat"
        echo "$(digest <"$work/.$1.flat")  $1/$file"
        metrics_of_json <"$work/.$1.flat" | sed "s|  |  $1/$file#metric |"
        ;;
      *)
        echo "$(digest <"$file")  $1/$file"
        case $file in
          *.kron) echo "$(tensors_of_model "$file" | digest)  $1/$file#tensors" ;;
          *.kronck) echo "$(tensors_of_checkpoint "$file" | digest)  $1/$file#tensors" ;;
          *.csv) metrics_of_csv "$file" | sed "s|  |  $1/$file#metric |" ;;
        esac
        ;;
    esac
  done
}

# ---- The run.

run_case() {
  local function=$1 name=$2 begin=$SECONDS
  mkdir "$work/$name"
  cd "$work/$name"
  ln -s "$work/.data" data
  ln -s "$root/examples" examples
  local code=0
  # Not as a condition: there, bash would go on after a command that fails.
  set +e
  (set -e; "$function")
  code=$?
  set -e
  if [ "$code" = 0 ]; then
    lines_of "$name" >"$work/.$name.lines"
    echo "$name: $((SECONDS - begin)) s" >&2
  else
    { echo "record.sh: case $name failed:"; tail -n 5 errors.log; } >&2
    return 1
  fi
}

mkdir "$work/.data"
(
  cd "$work/.data"
  awk -f "$here/tables.awk"
  for file in *.octal; do printf "$(cat "$file")" >"${file%.octal}"; done
)

# A first training builds what is missing, before commands run side by side, and keeps the classes that it loaded: all
# other commands start in about half the time with them.
mkdir "$work/.first"
cd "$work/.first"
ln -s ../.data data
classes=$work/.classes.jsa
KRONWOOD_JAVA_OPTS="$java_options -XX:ArchiveClassesAtExit=$classes" train "${affinity[@]}" ||
  { cat errors.log >&2; die "$kronwood cannot train"; }
[ ! -f "$classes" ] || java_options="$java_options -XX:SharedArchiveFile=$classes"
export KRONWOOD_JAVA_OPTS=$java_options

names=()
for function in $(declare -F | sed -n 's/^declare -f \(case_.*\)$/\1/p'); do
  name=${function#case_}
  name=${name//_/-}
  # shellcheck disable=SC2053 # a pattern
  [[ $name == $only ]] && names+=("$name")
done
[ ${#names[@]} -gt 0 ] || die "--only: no case is named like $only"

failed=0
running=0
for name in "${names[@]}"; do
  if [ "$running" -ge "$jobs" ]; then
    wait -n || failed=1
    running=$((running - 1))
  fi
  run_case "case_${name//-/_}" "$name" &
  running=$((running + 1))
done
while [ "$running" -gt 0 ]; do
  wait -n || failed=1
  running=$((running - 1))
done
[ "$failed" = 0 ] || die "not all cases ran, nothing was recorded"

record() { for name in "${names[@]}"; do cat "$work/.$name.lines"; done; }
if [ -n "$out" ]; then record >"$out"; else record; fi
echo "${#names[@]} cases in $SECONDS s" >&2
