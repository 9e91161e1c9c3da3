# Runs the server given as arguments and ends it when our standard input does.
# $1: directory to remove when the parent died, or empty; the rest: the server's command line.
# Prints the server's process id, so that the parent knows it. A word on standard input means an orderly stop.
trap '' HUP INT TERM
remove=$1
dir=$2
shift 2
exec 3<&0
"$@" </dev/null >>"$dir/log" 2>&1 3<&- &
server=$!
echo "$server"
exec >/dev/null 2>&1
(
  read -r word <&3 || : >"$dir/orphaned"
  kill -INT "$server"
  tries=0
  while kill -0 "$server" && [ "$tries" -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  kill -QUIT "$server"
) &
reader=$!
wait "$server"
status=$?
kill "$reader"
[ -n "$remove" ] && [ -e "$dir/orphaned" ] && rm -rf "$remove"
exit "$status"
