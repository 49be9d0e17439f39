# Prints a JSON text as lines "path TAB value", such as "metrics.test.mse TAB 0.25"; elements of a list are numbered from 0.

function skip() { while (substr(text, at, 1) ~ /[ \t\n\r]/) at++ }

# The characters between two quotes, escapes as they are.
function quoted(start) {
  start = ++at
  while (substr(text, at, 1) != "\"") at += substr(text, at, 1) == "\\" ? 2 : 1
  return substr(text, start, at++ - start)
}

function value(path, key, n, mark) {
  skip()
  mark = substr(text, at, 1)
  if (mark == "{" || mark == "[") {
    at++
    skip()
    if (substr(text, at, 1) ~ /[]}]/) { at++; print path "\t" mark; return }
    for (n = 0; ; n++) {
      key = n
      skip()
      if (mark == "{") { key = quoted(); skip(); at++ }
      value(path == "" ? key : path "." key)
      skip()
      if (substr(text, at++, 1) != ",") return
    }
  } else if (mark == "\"") {
    print path "\t\"" quoted() "\""
  } else if (match(substr(text, at, 40), /^[-+.0-9A-Za-z]+/)) {
    print path "\t" substr(text, at, RLENGTH)
    at += RLENGTH
  } else {
    print "not JSON at character " at > "/dev/stderr"
    exit 1
  }
}

{ text = text $0 "\n" }
END { at = 1; value("") }
