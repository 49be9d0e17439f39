# How the command line is started: which options the JVM gets. Shared by bin/launch.sh and the launcher of packages,
# kronwood-cli/src/dist/kronwood, which set
#
#   $java    the program java
#   $jar     the jar to start
#   $cache   the file with classes as the JVM holds them after loading, or nothing
#   $light   whether the command computes nothing: see needs_no_kernels
#   $link    "+" if classes are also linked in $cache, else "-"
#
# Nothing here writes to standard output or reads standard input: both belong to the program started.

options="--enable-native-access=ALL-UNNAMED -XX:MaxRAMPercentage=70"
# For a command that is over before an optimising compiler pays. The JVM would otherwise say, on standard output, why it does not use a cache.
light_options="$options -XX:TieredStopAtLevel=1 -Xlog:disable"
cannot_start=3

say() { echo "kronwood: $*" >&2; }
die() { say "$*"; exit "$cannot_start"; }

# True if the arguments ask for nothing that computes. A value of an option is never a word that begins with "-".
needs_no_kernels() {
  case ${1:-} in '' | help | inspect | completion) return 0 ;; esac
  for word; do
    case $word in --help | -h | --version | -V) return 0 ;; esac
  done
  return 1
}

# True if the JVM may be given $cache: it takes no second one, and no ":" in its name.
may_use_cache() {
  [ -s "$cache" ] || return 1
  case $cache in *:*) return 1 ;; esac
  case "${KRONWOOD_JAVA_OPTS:-} ${JDK_JAVA_OPTIONS:-} ${JAVA_TOOL_OPTIONS:-}" in
    *AOT* | *Archive* | *-Xshare*) return 1 ;;
  esac
}

# Records $cache while the commands that compute nothing run, also on the models given. An empty one says that it could not be made.
record_cache() {
  made=$cache.$$
  # shellcheck disable=SC2086 # the options are several words
  "$java" $light_options -XX:"$link"AOTClassLinking -XX:AOTCacheOutput="$made" -cp "$jar" kronwood.cli.StartRehearsal "$@" \
    >/dev/null 2>&1 </dev/null
  [ -s "$made" ] || : >"$made"
}

# Gives the recorded cache its name.
keep_cache() {
  mv -f "$made" "$cache"
  rm -f "$made"*
}

# Becomes the command line with the arguments given.
start() {
  if "$light"; then
    options=$light_options
    set -- -jar "$jar" "$@"
    ! may_use_cache || set -- -XX:AOTCache="$cache" "$@"
  else
    set -- --add-modules jdk.incubator.vector -jar "$jar" "$@"
  fi
  # shellcheck disable=SC2086 # the options are several words
  exec "$java" $options ${KRONWOOD_JAVA_OPTS:-} "$@"
}
