#!/bin/sh
# What becomes of a training by two workers on a standalone cluster of this machine whose processes are killed, stopped
# or cut off from each other. Master, workers and driver run from the jars that Maven found; Spark need not be installed.
#
#   benchmarks/spark/failures.sh kill [FROM TO]   kill -9 of an executor or worker at the instants FROM to TO of 20
#   benchmarks/spark/failures.sh stop             SIGSTOP of an executor for 5 seconds, and for good
#   benchmarks/spark/failures.sh partition [good] cuts a worker off, for a while and for good, or for good only; for an
#                                                 administrator
#
# Each line says how long it took and whether the model has the bits of an undisturbed training. It exits with 1 if one
# has others, or nothing happened for ten minutes. A partition lives in network namespaces, which are deleted in the end:
#
#   kronwood-0   master and driver, 10.77.0.1, and a bridge to which the others are connected
#   kronwood-1   the first worker, 10.77.0.2
#   kronwood-2   the second worker, 10.77.0.3
set -u
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P) || exit 3
root=$(CDPATH='' cd -- "$here/../.." && pwd -P) || exit 3
. "$here/prepare.sh"

mode=${1:-}
case $mode in kill | stop | partition) ;; *) sed -n '5,8s/^# *//p' "$0" >&2; exit 2 ;; esac

namespaces="kronwood-0 kronwood-1 kronwood-2"

clean() {
  [ -z "${program:-}" ] || kill "$program" 2>/dev/null
  [ -z "${program:-}" ] || wait "$program" 2>/dev/null
  if [ "$mode" = partition ]; then
    for each in $namespaces; do ip netns del "$each" 2>/dev/null; done
  fi
  [ -z "${work:-}" ] || rm -rf "$work"
}

# Two workers, each with a cable to the bridge of the driver.
lay_cables() {
  for each in $namespaces; do
    ip netns add "$each" && ip -n "$each" link set lo up || return 1
  done
  ip -n kronwood-0 link add bridge type bridge && ip -n kronwood-0 link set bridge up &&
    ip -n kronwood-0 addr add 10.77.0.1/24 dev bridge || return 1
  for number in 1 2; do
    ip -n kronwood-0 link add "cable$number" type veth peer name cable netns "kronwood-$number" &&
      ip -n kronwood-0 link set "cable$number" master bridge up &&
      ip -n "kronwood-$number" link set cable up &&
      ip -n "kronwood-$number" addr add "10.77.0.$((number + 1))/24" dev cable || return 1
  done
}

prepare Failures
trap clean EXIT
trap 'exit 130' INT TERM
into=
address=127.0.0.1
if [ "$mode" = partition ]; then
  command -v ip >/dev/null || { echo "there is no command ip (iproute2)" >&2; exit 3; }
  lay_cables || { echo "network namespaces cannot be made here: see above" >&2; exit 3; }
  into="ip netns exec kronwood-0"
  address=10.77.0.1
fi
mkdir -p "$work/home/jars"
echo "Spark, from a class path" >"$work/home/RELEASE"
SPARK_HOME=$work/home SPARK_SCALA_VERSION=2.13 JAVA_HOME=$jdk SPARK_LOCAL_IP=$address
export SPARK_HOME SPARK_SCALA_VERSION JAVA_HOME SPARK_LOCAL_IP
# shellcheck disable=SC2086 # several words
$into "$java" -Xmx1g "@$root/bin/spark.options" -cp "$classes" Failures "$root/bin/spark.options" "$work" "$address" "$@" \
  2>"$work/driver.log" &
program=$!
wait "$program"
code=$?
program=
[ "$code" = 0 ] || tail -n 20 "$work/driver.log" >&2
exit "$code"
