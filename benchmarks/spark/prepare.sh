# Shared by the scripts here: builds what is missing or stale, and compiles a program beside them. They set $root and
# $here and call: prepare PROGRAM. It sets $java, $classes (a class path) and $work, a folder of its own.

. "$root/bin/launch.sh"

prepare() {
  app=kronwood-spark
  jar=$root/$app/target/kronwood-spark.jar
  libraries=kronwood-core
  cache=
  light=false
  profile=-Pspark
  make_ready
  java=$jdk/bin/java
  work=$(mktemp -d) || exit 3
  classes=$work/classes:$jar
  for each in "$root/$app/target/lib"/*.jar; do
    classes=$classes:$each
  done
  classes=$classes:$(cat "$root/$app/target/spark.classpath")
  "$jdk/bin/javac" -proc:none -d "$work/classes" -cp "$classes" "$here/$1.java" || exit 3
}
