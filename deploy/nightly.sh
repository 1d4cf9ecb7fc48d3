#!/bin/sh
# The nightly run for a scheduler: runs Tributary, tries again what may pass, deletes old runs, and
# sends an alert that says who has to do what. The exit code is that of `tributary run`.
# docs/nightly.md describes it. Further arguments go to `tributary run`, such as --accept.
set -u

config=${TRIBUTARY_CONFIG:-}
out=${TRIBUTARY_OUT:-}
if [ -z "$config" ] || [ -z "$out" ]; then
	echo "error: TRIBUTARY_CONFIG or TRIBUTARY_OUT is not set" >&2
	echo "hint: name the configuration and the output directory in the environment; docs/nightly.md lists the variables" >&2
	exit 2
fi
tributary=${TRIBUTARY_PROGRAM:-tributary}
alert=${TRIBUTARY_ALERT:-cat >&2}
keep=${TRIBUTARY_KEEP:-30}
attempts=${TRIBUTARY_ATTEMPTS:-3}
pause=${TRIBUTARY_PAUSE:-300}

set -- --config "$config" --out "$out" --fail-on new-warn "$@"
[ -z "${TRIBUTARY_METRICS:-}" ] || set -- "$@" --metrics "$TRIBUTARY_METRICS"
[ -z "${TRIBUTARY_MEMORY_LIMIT:-}" ] || set -- "$@" --memory-limit "$TRIBUTARY_MEMORY_LIMIT"

# The shell that --on-finish starts finds the file in the environment, not in the command: no path
# becomes shell text.
private=$(mktemp -d) || exit 7
trap 'rm -rf "$private"' EXIT
TRIBUTARY_OUTCOME=${TRIBUTARY_OUTCOME:-$private/outcome.json}
export TRIBUTARY_OUTCOME

# message prints what the program said, which is the last field of the outcome.
message() {
	placeholder=$(printf '\001') # of a backslash that was escaped
	[ ! -s "$TRIBUTARY_OUTCOME" ] || sed -n 's/.*"message":"\(.*\)"}$/\1/p' "$TRIBUTARY_OUTCOME" | sed 's/\\\\/'"$placeholder"'/g; s/\\n/\
/g; s/\\"/"/g; s/\\u003c/</g; s/\\u003e/>/g; s/\\u0026/\&/g; s/'"$placeholder"'/\\/g'
}

# run_id prints the id of the run.
run_id() {
	[ ! -s "$TRIBUTARY_OUTCOME" ] || sed -n 's/.*"run":"\([^"]*\)".*/\1/p' "$TRIBUTARY_OUTCOME"
}

# Codes of warnings that are for the owner of an export. After those of late, the figures are what they
# were, only older; the others can change figures, so the analyst has to know of them too.
late='nothing-new|stale|file-twice'
delivery="$late|lag|file-gone|rows-quarantined|quarantine-rose"

# warnings prints the new warnings of the run as CSV, whose first column is the code.
warnings() {
	"$tributary" report findings --out "$out" --where "known_since=$(run_id)" --columns code,table,message --format csv
}

# warned_todo prints what new warnings ask for: of the owner of the export, the analyst, or both.
warned_todo() {
	codes=$(warnings | sed 1d)
	if printf '%s\n' "$codes" | grep -Eq "^($delivery),"; then
		echo "OWNER OF THE EXPORT: published, but an export is late, incomplete or has bad rows. Correct it; the next run reads it."
	fi
	if printf '%s\n' "$codes" | grep -Evq "^($late),"; then
		echo "ANALYST: published, with new warnings. Read them before the figures are used."
	fi
}

# todo CODE prints what an exit code asks for, and of whom.
todo() {
	case $1 in
	1) echo "ENGINEER: a defect of the program. Nothing was published. Keep this log and report it." ;;
	2) echo "ENGINEER: wrong flags or configuration. Nothing was published. Correct what the message names." ;;
	3) echo "OWNER OF THE EXPORT: the input breaks a rule. Nothing was published. Correct the export; it cannot be accepted." ;;
	4) echo "FINANCE AND ENGINEER: a check failed or control totals do not agree. Nothing was published. Find the difference before anyone uses new figures; it cannot be accepted." ;;
	5) echo "ENGINEER: another run holds the output directory. Nothing was published. Find out why it still runs; do not delete the lock." ;;
	6) echo "ENGINEER: not enough memory or disk. Nothing was published. Provide more, or delete old runs." ;;
	7) echo "ENGINEER: reading or writing failed, or an export was still being written. Nothing was published. Check disk, permissions and the time of the export." ;;
	8) echo "ANALYST: the input can be read, but looks wrong. Nothing was published. Correct the input, or accept the finding with a reason." ;;
	9) warned_todo ;;
	130 | 143) echo "ENGINEER: the run was stopped. Nothing was published. Start it again." ;;
	*) echo "ENGINEER: the program ended in a way of which it said nothing (137 is mostly a limit of memory). Check the log of the system and verify the last run." ;;
	esac
}

# look CODE prints the commands with which a person goes on.
look() {
	case $1 in
	3) echo "Look:   tributary validate --config $config --out $out" ;;
	4)
		echo "Look:   tributary validate --config $config --out $out"
		echo "        tributary verify --out $out"
		;;
	8)
		echo "Look:   tributary runs --out $out"
		echo "        $out/refused/$(run_id)/findings.json"
		echo "Accept: run nightly.sh again with the --accept of the hint, and your reason"
		;;
	9) echo "Look:   tributary report findings --out $out --where known_since=$(run_id) --columns code,table,rows,message,remedy" ;;
	esac
}

# send hands its standard input to the alert command, which finds the code in TRIBUTARY_EXIT.
send() {
	TRIBUTARY_EXIT=$1 sh -c "$alert" || echo "nightly.sh: the alert could not be sent: $alert" >&2
}

# A signal to the script (a container gets no other) stops the run too, and there is no new attempt.
child=
stopped=
trap 'stopped=yes; [ -z "$child" ] || kill -TERM "$child" 2>/dev/null' TERM INT HUP

# await runs a command, and returns its exit code. A signal ends `wait`, not the command: wait again.
await() {
	"$@" &
	child=$!
	wait "$child"
	awaited=$?
	while kill -0 "$child" 2>/dev/null; do
		wait "$child"
		awaited=$?
	done
	child=
	return "$awaited"
}

attempt=1
while :; do
	rm -f "$TRIBUTARY_OUTCOME"
	# shellcheck disable=SC2016 # for the shell of --on-finish
	await "$tributary" run "$@" --on-finish 'cat >"$TRIBUTARY_OUTCOME"'
	code=$?
	case $code in
	5 | 6 | 7) [ "$attempt" -lt "$attempts" ] || break ;;
	*) break ;;
	esac
	echo "nightly.sh: exit $code, attempt $attempt of $attempts; trying again in $pause seconds" >&2
	await sleep "$pause"
	[ -z "$stopped" ] || break
	attempt=$((attempt + 1))
done

if [ "$code" -ne 0 ]; then
	{
		echo "Tributary: exit $code"
		todo "$code"
		message
		[ -s "$TRIBUTARY_OUTCOME" ] || echo "The message is in the log of the job."
		[ "$code" -ne 9 ] || warnings
		look "$code"
	} | send "$code"
fi

# Only a night that published makes an old run superfluous.
if [ "$code" -eq 0 ] || [ "$code" -eq 9 ]; then
	"$tributary" gc --out "$out" --keep "$keep" --quiet >&2
	deleted=$?
	if [ "$deleted" -ne 0 ]; then
		printf '%s\n' "Tributary: gc ended with exit $deleted" \
			"ENGINEER: the run was published, but old runs were not deleted, and the disk fills up. Run: tributary gc --out $out --keep $keep" |
			send "$deleted"
	fi
fi
exit "$code"
