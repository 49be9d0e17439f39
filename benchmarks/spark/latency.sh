#!/bin/sh
# How long a sum over 2 and 4 processes takes on this machine's loopback interface: percentiles. Takes half a minute.
#   benchmarks/spark/latency.sh [PROCESSES...]
set -u
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P) || exit 3
root=$(CDPATH='' cd -- "$here/../.." && pwd -P) || exit 3
. "$here/prepare.sh"

prepare ExchangeLatency
trap 'rm -rf "$work"' EXIT
[ "$#" -gt 0 ] || set -- 2 4
"$java" -Xmx256m -cp "$classes" kronwood.spark.job.ExchangeLatency "$@"
