# Shared by the launchers: where things are, which JDK, and a build where one is due.
# Sourced; sets home and java, or ends with exit code 2 and a line that says what to do.

home=$(cd "$(dirname "$0")/.." && pwd) || exit 2
jar=$home/target/streamingserver.jar

fail() {
  echo "$(basename "$0"): $*" >&2
  exit 2
}

is_jdk_25() {
  [ -x "$1/bin/java" ] && grep -q '^JAVA_VERSION="25' "$1/release" 2>/dev/null
}

find_java() {
  on_path=$(command -v java 2>/dev/null) && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*jdk*25* "$HOME"/.sdkman/candidates/java/25* "$on_path"; do
    if is_jdk_25 "$candidate"; then
      java=$candidate/bin/java
      return
    fi
  done
  fail "no JDK 25 found; install one (Debian: temurin-25-jdk, Ubuntu: openjdk-25-jdk-headless) or set JAVA_HOME to it"
}

# $1: a file that a build makes, $2: the Maven phase that makes it, $3…: what it is made from
build_if_older() {
  made=$1 phase=$2
  shift 2
  [ -d "$home/src" ] || return 0
  if [ -e "$made" ] && [ -z "$(find "$@" -newer "$made" -print -quit)" ]; then
    return 0
  fi
  command -v mvn >/dev/null || fail "nothing is built yet and Maven is not on the PATH; install it (apt install maven)"
  echo "Building StreamingServer; the first time Maven fetches its libraries, which takes a minute or two…" >&2
  mvn -q -B -f "$home/pom.xml" -DskipTests "$phase" >&2 || fail "the build failed, see above"
  touch "$made"
}

build() {
  build_if_older "$jar" package "$home/src/main" "$home/pom.xml"
}

# What is in the cache of tools/optimize, and the JDK that it is for
stamp_of_cache() {
  cksum "$cache" "${java%/bin/java}/release"
}

is_cache_sound() {
  [ -n "$(find "$cache" -newer "$jar" 2>/dev/null)" ] &&
    [ "$(stamp_of_cache 2>/dev/null)" = "$(cat "$cache.cksum" 2>/dev/null)" ]
}
