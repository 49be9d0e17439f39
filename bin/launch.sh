# Shared by the launchers ./kronwood, ./kronwood-bench and ./kronwood-on-spark, which set $root and call: launch FOLDER ARTIFACT ARGUMENTS...
# with the folder of the module to start and the name of its jar. Before that, build_also FOLDER ARTIFACT PROFILE may
# name a module that is started by the other one and belongs to the build only with that profile.
#
#   KRONWOOD_JAVA_HOME   the JDK to use, before JAVA_HOME and all others
#   KRONWOOD_JAVA_OPTS   further options for java, for example "-Xmx8g"
#
# Nothing here writes to standard output or reads standard input: both belong to the program started.

. "$root/bin/start.sh"

jdk=
least_java=25

# Prints the feature release, such as 25, of the JDK in folder $1; 0 if there is none.
java_release() {
  found=
  if [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ]; then
    [ ! -f "$1/release" ] || found=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ -n "$found" ] || found=$("$1/bin/java" -version 2>&1 | sed -n 's/^.* version "\([0-9]*\).*/\1/p')
  fi
  echo "${found:-0}"
}

# Prints the folder of the JDK whose java is on the PATH.
jdk_on_path() {
  link=$(command -v java) || return 1
  while [ -h "$link" ]; do
    next=$(readlink "$link")
    case $next in /*) link=$next ;; *) link=$(dirname "$link")/$next ;; esac
  done
  dirname "$(dirname "$link")"
}

# Sets $jdk to the folder of a JDK that is new enough.
find_jdk() {
  [ -z "$jdk" ] || return 0
  if [ -n "${KRONWOOD_JAVA_HOME:-}" ]; then
    jdk=$KRONWOOD_JAVA_HOME
    [ "$(java_release "$jdk")" -ge "$least_java" ] ||
      die "KRONWOOD_JAVA_HOME=$jdk is not the folder of a JDK $least_java or newer: correct it or unset it"
    return
  fi
  on_path=$(jdk_on_path)
  for jdk in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /opt/*jdk* /opt/java/*; do
    [ "$(java_release "$jdk")" -lt "$least_java" ] || return 0
  done
  seen=$(java_release "$on_path")
  if [ "$seen" = 0 ]; then seen="there is none on the PATH"; else seen="the one on the PATH is $seen"; fi
  die "needs a JDK $least_java or newer and found none ($seen): install one, for example from https://adoptium.net, or set KRONWOOD_JAVA_HOME to its folder"
}

# True if a jar that $app runs from is not there.
is_missing() {
  [ -f "$jar" ] || return 0
  for module in $libraries; do
    for made in "$root/$app/target/lib/$module"-*.jar; do [ -f "$made" ] || return 0; done
  done
  return 1
}

# True if a jar that $app runs from is not there, or older than what it is made from.
is_stale() {
  for module in $libraries "$app"; do
    # Written when Maven starts to compile: finds a file edited while the tests ran, before the jar was made.
    inputs=$root/$module/target/maven-status/maven-compiler-plugin/compile/default-compile/inputFiles.lst
    if [ "$module" = "$app" ]; then set -- "$jar"; else set -- "$root/$app/target/lib/$module"-*.jar; fi
    for made in "$inputs" "$@"; do
      [ -f "$made" ] || return 0
      [ -z "$(find "$root/pom.xml" "$root/$module/pom.xml" "$root/$module/src/main" -newer "$made")" ] || return 0
    done
  done
  return 1
}

# Prints which JDK a cache belongs to.
jdk_identity() { echo "$jdk"; cat "$jdk/release" 2>/dev/null; }

# True if a cache is wanted and there is none from these jars and this JDK. An empty one says that it could not be made.
is_cache_stale() {
  [ -n "$cache" ] || return 1
  [ -f "$cache" ] && [ "$(jdk_identity)" = "$(cat "$cache.jdk" 2>/dev/null)" ] || return 0
  [ -n "$(find "$jar" "$root/$app/target/lib" -newer "$cache")" ]
}

# Makes $cache.
make_cache() {
  java=$jdk/bin/java
  # With picocli's classes in their old format, which no cache takes, linking the others costs more than it saves.
  link=-
  record_cache "$root"/kronwood-core/src/test/resources/kronwood/model/file/golden/*.kron
  jdk_identity >"$cache.jdk"
  keep_cache
}

can_build() {
  mkdir -p "$root/target" "$root/$app/target" 2>/dev/null && [ -w "$root/target" ] && [ -w "$root/$app/target" ]
}

# Builds $jar and its class path if they are stale, and $cache, one process at a time.
build() {
  lock=$root/target/launch.lock
  log=$root/target/launch.log
  waiting=
  until mkdir "$lock" 2>/dev/null; do
    [ -w "$root/target" ] || die "cannot build: $root/target is not writable"
    owner=$(cat "$lock/pid" 2>/dev/null)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$lock"
      continue
    fi
    [ -n "$waiting" ] || say "waiting for process ${owner:-?}, which is building (if it is not, remove $lock)…"
    waiting=yes
    sleep 1
  done
  trap 'rm -rf "$lock"' EXIT
  trap 'exit 130' HUP INT TERM
  echo $$ >"$lock/pid"

  if is_stale; then
    if [ -f "$jar" ]; then say "building (sources have changed)…"; else say "building (first use, about a minute)…"; fi
    # Removed, not overwritten: Maven gives an unchanged jar no new time, and a running process keeps what it has open.
    for module in $libraries "$app"; do rm -rf "$root/$module"/target/*.jar; done
    rm -rf "$root/$app/target/lib"
    # shellcheck disable=SC2086 # no word if there is no profile
    if ! (cd "$root" && JAVA_HOME=$jdk ./mvnw -B -ntp -q -Dquick $profile -pl "$app" -am package) >"$log" 2>&1 </dev/null; then
      cat "$log" >&2
      die "the build failed, see above (kept in $log)"
    fi
  fi
  if is_cache_stale; then make_cache; fi
  rm -rf "$lock"
  trap - EXIT HUP INT TERM
}

# Builds what is missing or stale. Where nothing can be written, jars that are there do, and a cache need not be.
make_ready() {
  find_jdk
  jdk=$(CDPATH='' cd -- "$jdk" && pwd) || exit "$cannot_start"
  if is_stale; then
    if can_build; then
      build
    elif is_missing; then
      die "cannot build: $root is not writable"
    else
      say "$root is not writable: running what was built before its sources changed"
    fi
  elif "$light" && is_cache_stale && can_build; then
    build
  fi
}

build_also() {
  app=$1
  jar=$root/$app/target/$2.jar
  libraries=
  profile=-P$3
  cache=
  light=false
  make_ready
}

launch() {
  app=$1
  jar=$root/$app/target/$2.jar
  libraries="kronwood-core kronwood-io"
  cache=
  light=false
  if [ "$app" = kronwood-cli ]; then
    libraries="$libraries kronwood-library kronwood-report kronwood-export kronwood-server kronwood-dashboard kronwood-chem"
    cache=$root/$app/target/$2.aot
  fi
  profile=
  if [ "$app" = kronwood-spark ]; then
    libraries=kronwood-core
    profile=-Pspark
  fi
  shift 2
  if [ -n "$cache" ] && needs_no_kernels "$@"; then light=true; fi
  make_ready
  java=$jdk/bin/java
  if [ "$app" = kronwood-spark ]; then
    # Spark's own jars stay where Maven keeps them.
    # shellcheck disable=SC2086 # the options are several words
    exec "$java" $options ${KRONWOOD_JAVA_OPTS:-} "@$root/bin/spark.options" --add-modules jdk.incubator.vector \
      -cp "$jar:$root/$app/target/lib/*:$(cat "$root/$app/target/spark.classpath")" kronwood.spark.Demo "$@"
  fi
  start "$@"
}
