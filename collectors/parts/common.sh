# ---- common: surroundings --------------------------------------------------------------------------------------
# From here to "end of the common part" collect.sh and node.sh are the same; parts/common.sh is the source.

say() { printf '%s\n' "$*" >&2; }

# Ends the run before anything was collected.
refuse() {
  say "$program: $*"
  exit 4
}

have() { command -v "$1" >/dev/null 2>&1; }

# Makes the run independent of the caller's locale, time zone, options and aliases, and private to its user.
settle() {
  unset CDPATH GREP_OPTIONS TAR_OPTIONS GZIP POSIXLY_CORRECT LANGUAGE
  LC_ALL=C LANG=C TZ=UTC COPYFILE_DISABLE=1 MSYS_NO_PATHCONV=1
  export LC_ALL LANG TZ COPYFILE_DISABLE MSYS_NO_PATHCONV
  TAB=$(printf '\t')
  NEWLINE='
'
  IFS=" $TAB$NEWLINE"
  umask 077
  status=0 slot='' workers='' supervisor='' staging='' part='' taken=0 safe=yes utc=- ms=- class=- take_error='' suffix='' encrypt_to=''
  log_bytes=1048576         # of a log, the newest so many bytes are kept
  stream_bytes=8388608      # and not more than so many are read
  answer_bytes=134217728    # of any other answer
  find_clock
  find_tools
}

find_clock() {
  clock_format='+%Y-%m-%dT%H:%M:%SZ %s %N'
  case $(date -u +%s%N 2>/dev/null) in
    [1-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]) ;;
    *) clock_format='+%Y-%m-%dT%H:%M:%SZ %s 000000000' ;;
  esac
  uptime=no
  [ ! -r /proc/uptime ] || uptime=yes
}

# Sets utc, and ms: the milliseconds of a day or so after a leading 1, because mksh counts in 32 bits.
clock() {
  # shellcheck disable=SC2046  # three words are wanted
  set -- $(date -u "$clock_format")
  utc=$1
  ms=1${2#?????}${3%??????}
  [ "$uptime" = no ] || stopwatch
}

# Sets ms only, and starts no program for it where the kernel tells how long it has been up.
stopwatch() {
  if [ "$uptime" = no ]; then clock; return; fi
  read -r up _ </proc/uptime
  up=0000000${up%.*}${up#*.}0
  ms=1${up#"${up%????????}"}
}

find_tools() {
  if have sha256sum; then sum='sha256sum'
  elif have shasum; then sum='shasum -a 256'
  elif have openssl; then sum='openssl dgst -sha256 -r'
  else sum=''; fi
  if [ "$(printf abc | head -c 1 2>/dev/null)" = a ]; then first='head'; else first='awk'; fi
  session=''
  # its own process group lets the watchdog end what a command has started, too
  if have setsid && setsid true 2>/dev/null; then session=setsid; fi
}

# Four random numbers that key the check of each mark; they are never stored.
make_key() {
  CASEFILE_KEY=$(od -An -N 16 -t u4 /dev/urandom 2>/dev/null | tr '\n' ' ')
  [ -n "$CASEFILE_KEY" ] || CASEFILE_KEY="$(date +%s) $$ $(env | cksum | tr ' ' 1) 7919"
  export CASEFILE_KEY
}

# A private folder for all that is not finished, in the first place that can be written to. The name of the bundle is
# taken by making that folder, so two runs at once never share one.
make_staging() { # name
  for place in "$out" "${TMPDIR:-/tmp}" /tmp "${HOME:-/tmp}" /dev/shm; do
    if [ ! -d "$place" ] || [ ! -w "$place" ]; then continue; fi
    note_stale "$place"
    for try in '' -2 -3 -4 -5; do
      name=$1$try
      if [ -e "$place/$name.tar.gz" ] || [ -e "$place/$name.tar" ]; then continue; fi
      mkdir -m 700 "$place/.$name" 2>/dev/null || continue
      staging=$place/.$name work=$place/.$name/work tree=$place/.$name/$name
      if mkdir "$work" "$tree" 2>/dev/null && [ "$(free_kib "$staging")" -ge 4096 ] && writable "$work"; then
        reserve
        [ "$place" = "$out" ] || say "$program: cannot write to $out, the bundle goes to $place"
        out=$place
        return 0
      fi
      rm -rf "$staging"
      break
    done
  done
  staging=''
  refuse "no place with 4 MiB to write to: name one with --out"
}

note_stale() {
  for stale in "$1"/.casefile-*; do
    [ -d "$stale/work" ] || continue
    [ -f "$stale/work/owner" ] || continue
    read -r owner <"$stale/work/owner"
    kill -0 "$owner" 2>/dev/null || say "$program: an earlier run was killed and left $stale (redacted text only); you may delete it"
  done
}

free_kib() {
  free=$(df -Pk "$1" 2>/dev/null | sed -n '$s/.* \([0-9][0-9]*\)  *[0-9-]*%.*/\1/p')
  echo "${free:-1000000}"
}

writable() { dd if=/dev/zero of="$1/probe" bs=1024 count=64 2>/dev/null && rm -f "$1/probe"; }

# True for a name that Kubernetes would not allow; such a name goes into no path and no command.
odd_name() {
  case $1 in '' | [!a-z0-9]* | *[!a-z0-9] | *[!a-z0-9.-]* | *..*) return 0 ;; esac
  [ ${#1} -gt 253 ]
}

# Turns 90, 90s, 30m, 6h, 2d into seconds.
seconds_of() {
  case $1 in
    *[!0-9smhd]* | '' | [smhd]* | *[smhd]?*) return 1 ;;
    *d) echo $((${1%d} * 86400)) ;;
    *h) echo $((${1%h} * 3600)) ;;
    *m) echo $((${1%m} * 60)) ;;
    *) echo "${1%s}" ;;
  esac
}

# ---- common: redaction in the pipe -----------------------------------------------------------------------------

redact() { # mode, file for the counts
  awk -v mode="$1" -v stats="$2" -v cap="$log_bytes" "$REDACTOR"
}

first_bytes() {
  # shellcheck disable=SC2016  # the dollar sign is that of awk
  if [ "$first" = head ]; then head -c "$1"
  else awk -v n="$1" '{ n -= length($0) + 1; if (n < 0) exit; print }'; fi
}

# What every answer goes through before it reaches the disk. Lines of a log are cut at 16 KiB, because some awks stall
# on endless ones. "plain" is for what the self-test lets through when it has failed: tables without free text.
filter() { # mode, file for the counts
  case $1 in
    log) first_bytes "$stream_bytes" | tr -d '\000' | cut -b1-16384 | redact log "$2" ;;
    plain) first_bytes "$stream_bytes" ;;
    *) first_bytes "$answer_bytes" | tr -d '\000' | cut -b1-1048576 | redact "$1" "$2" ;;
  esac
}

# Runs made-up secrets and look-alikes through the redactor. When one survives, or a look-alike does not, this awk is
# not to be trusted, and no free text is collected at all.
self_test() {
  secret=Zq7Kp2Vx9Lm4Tr8w
  tested=$(redact text '' 2>/dev/null <<EOF
{"password":"$secret","user":"shop"}
{\\"token\\":\\"$secret\\"}
DB_PASSWORD=$secret level=info
  db_password: $secret
Authorization: Bearer $secret
connect postgres://shop:$secret@db.shop.svc:5432/shop
root:$secret@tcp(db:3306)/shop
--api-token $secret --verbose
curl -u shop:$secret http://shop
Cookie: sid=$secret
GET /items?access_token=$secret&page=2
raw eyJhbGciOiJIUzI1NiJ9.$secret.$secret
key AKIA7KP2QX9LM4TR8W3Z and ghp_$secret$secret
-----BEGIN RSA PRIVATE KEY-----
$secret/$secret+$secret/$secret+$secret
-----END RSA PRIVATE KEY-----
kept: secret "db-credentials" not found, pulled shop@sha256:0123456789abcdef, redis://redis:6379/0
EOF
  ) || return 1
  case $tested in *Zq7Kp2V* | *9Lm4Tr8w* | *7KP2QX9LM4*) return 1 ;; esac
  case $tested in
    *'kept: secret "db-credentials" not found, pulled shop@sha256:0123456789abcdef, redis://redis:6379/0'*) return 0 ;;
  esac
  return 1
}

# ---- common: one command and its row in the ledger -------------------------------------------------------------

# take ID PATH MODE SECONDS ARGUMENTS…  calls `run ARGUMENTS` (kubectl, or a program of the node), keeps its answer
# under PATH when it is one, writes the ledger row, and leaves the kind of ending in $class.
take() {
  take_id=$1 take_path=$2 take_mode=$3 take_limit=$4
  shift 4
  take_file=$tree/$take_path
  [ "$safe" = yes ] || take_mode=plain
  clear_slot
  if [ ! -d "${take_file%/*}" ]; then mkdir -p "${take_file%/*}" 2>/dev/null || stop disk; fi
  clock
  take_start=$utc take_ms=$ms
  {
    run "$@" </dev/null 2>"$slot.err" &
    echo "$! $take_limit" >"$slot.run"
    wait $!
    echo $? >"$slot.code"
    true >"$slot.run"
  } 2>/dev/null | filter "$take_mode" "$slot.stats" 2>"$slot.filter" >"$take_file.part"
  take_filter=$?
  stopwatch
  take_ms=$(((ms - take_ms + 100000000) % 100000000))
  read -r take_code 2>/dev/null <"$slot.code" || take_code=1
  read -r redactions bytes was_cut whole 2>/dev/null <"$slot.stats" || redactions=0 bytes=0 was_cut=0 whole=1
  [ "$take_mode" = plain ] && bytes=$(($(wc -c <"$take_file.part" 2>/dev/null)))
  classify
  keep_or_drop
  taken=$((taken + (bytes + 1023) / 1024))
  echo "$taken" >"$slot-kib"
  ledger_row "$take_id" "$take_kept" "${shown:+$shown }$*" "$take_start" "$take_ms" "$take_code" "$bytes" - "$was_cut" "$redactions" "$class" "$take_path"
}

# What the command before has left behind; truncating starts no program.
clear_slot() {
  true >"$slot.code"
  true >"$slot.stats"
  [ ! -e "$slot.killed" ] || rm -f "$slot.killed"
} 2>/dev/null

classify() {
  take_error=''
  [ ! -s "$slot.err" ] || take_error=$(first_bytes 2000 <"$slot.err" | tr -d '\000-\010\013-\037\177')
  if [ -f "$slot.killed" ]; then class=timeout
  elif [ "$take_filter" -ne 0 ]; then class=error
  elif [ "$take_code" -eq 0 ] && [ "$whole" -eq 1 ]; then class=ok
  elif [ "$take_code" -eq 0 ]; then class=error take_error='the answer is not JSON, or not all of it'
  else
    case $take_error in
      *'(Forbidden)'* | *forbidden:* | *' forbidden'* | *'(Unauthorized)'* | *Unauthorized* | *'must be logged in'*) class=forbidden ;;
      *'(NotFound)'* | *'could not find the requested resource'* | *"doesn't have a resource type"* | \
        *'Metrics API not available'* | *'etrics not available'* | *'(BadRequest)'*) class=absent ;;
      *'unexpected EOF'* | *'broken pipe'* | *'connection reset'*) class='cut' ;;
      *'i/o timeout'* | *'deadline exceeded'* | *'(Timeout)'* | *'timed out'*) class=timeout ;;
      *) class=error ;;
    esac
    # more than the script wants to read: that is as good as whole
    if [ "$take_mode" = log ] && [ "$bytes" -gt 0 ]; then
      case $take_code$take_error in 141* | *'broken pipe'*) class=ok was_cut=1 ;; esac
    fi
  fi
  if [ "$class" = error ] && [ "$take_filter" -ne 0 ] && ! writable "$work"; then stop disk; fi
}

# An answer is kept when it is whole. A log or a text that was cut is kept too, because what is there is true; of JSON
# nothing is kept, because half a list reads as a short one.
keep_or_drop() {
  take_kept=$take_path
  if [ "$class" = ok ]; then
    mv "$take_file.part" "$take_file" || { class=error take_kept=-; stop disk; }
  elif [ "$take_mode" != json ] && [ "$take_filter" -eq 0 ] && [ "$bytes" -gt 0 ] && [ "$class" != forbidden ]; then
    mv "$take_file.part" "$take_file" && was_cut=1
  else
    rm -f "$take_file.part"
    bytes=0 take_kept=-
  fi
  if [ "$class" != ok ] && [ "$safe" = yes ] && [ -n "$take_error" ]; then
    printf '%s\n' "$take_error" | redact text '' >"$take_file.err" 2>/dev/null || rm -f "$take_file.err"
  fi
}

# One row: id path argv start ms exit bytes sha256 cut redactions class intended; the checksum comes in at the end. The
# path is that of the answer, if it was kept; the intended one also leads to what a failed command said: PATH.err.
ledger_row() {
  row=''
  for field in "$@"; do
    case $field in
      *\\* | *"$TAB"* | *"$NEWLINE"*)
        # shellcheck disable=SC2016  # the dollar sign is that of awk
        field=$(printf '%s\n' "$field" | awk '
          function escaped(s, c, by,   n, i, part, all) {
            n = split(s, part, c); all = part[1]
            for (i = 2; i <= n; i++) all = all by part[i]
            return all
          }
          { printf "%s%s", (NR > 1 ? "\\n" : ""), escaped(escaped($0, "\\\\", "\\\\"), "\t", "\\t") }') ;;
    esac
    row=$row${row:+$TAB}$field
  done
  printf '%s\n' "$row" >>"$work/ledger"
}

# ---- common: the pool and its supervisor -----------------------------------------------------------------------

stopped() { [ -f "$work/stop" ]; }

stop() { # why: deadline, size, disk, interrupted
  stopped && return
  rm -rf "$work/reserve"
  echo "$1" >"$work/stop"
} 2>/dev/null

# Room and files that are given back when the disk is full, so that the ledger and the end mark still fit.
reserve() {
  mkdir "$work/reserve" && dd if=/dev/zero of="$work/reserve/room" bs=1024 count=256
  for file in 1 2 3 4 5 6 7 8 9 10 11 12; do true >"$work/reserve/$file"; done
} 2>/dev/null

# Runs the jobs of a file, one a line, with $jobs workers. Worker 1 gets lines 1, 5, 9 … in a file of its own, so the
# order is kept, and no worker reads, byte by byte as a shell does, what is not its own.
pool() { # title, file
  [ -s "$2" ] || return 0
  total=$(grep -c . "$2")
  echo "$1 $total $(rows)" >"$work/section"
  [ -t 2 ] || say "$program: $1 ($total)"
  rm -f "$2".*
  awk -v jobs="$jobs" -v to="$2." '{ print >(to ((NR - 1) % jobs + 1)) }' "$2" || stop disk
  worker=1 workers=''
  while [ "$worker" -le "$jobs" ]; do
    [ ! -f "$2.$worker" ] || work_on "$2.$worker" "$worker" &
    workers="$workers $!"
    worker=$((worker + 1))
  done
  for worker in $workers; do
    while kill -0 "$worker" 2>/dev/null; do wait "$worker"; done
  done
  workers=''
}

rows() { if [ -f "$work/ledger" ]; then grep -c . "$work/ledger"; else echo 0; fi; }

work_on() { # file, number of the worker
  trap '' INT HUP
  job_file=$1 slot=$work/slot$2
  [ -f "$slot-kib" ] && read -r taken <"$slot-kib"
  while read -r line; do
    stopped || ! over_size || stop size
    set -f
    # shellcheck disable=SC2086  # a job is words
    set -- $line
    set +f
    if stopped || unwell; then skip_job "$@"; else run_job "$@"; watch_health; fi
  done <"$job_file"
}

# The same text is never counted twice: each worker keeps its own sum.
over_size() {
  sum_kib=0
  for file in "$work"/slot*-kib; do
    [ -f "$file" ] && read -r kib <"$file" && sum_kib=$((sum_kib + kib))
  done
  [ "$sum_kib" -ge "$max_kib" ]
}

# Once a second: ends commands that are over their time, and the collecting when the time is up or the disk is full.
supervise() {
  trap '' INT HUP
  passed=0
  stopwatch
  while kill -0 $$ && [ -d "$work" ]; do
    sleep 1
    count_time
    if ! stopped; then
      [ $((passed / 1000)) -ge "$deadline" ] && stop deadline
      over_size
      [ "$(free_kib "$work")" -lt $((1024 + sum_kib / 4)) ] && stop disk
    fi
    worker=0
    while [ "$worker" -le "$jobs" ]; do
      check_command "$worker"
      worker=$((worker + 1))
    done
    [ -t 2 ] && show_progress
  done 2>/dev/null
  # killed: what still runs must not outlive it
  tick=0
  while [ -d "$work" ] && [ "$tick" -lt 5 ]; do
    stop interrupted
    end_commands KILL
    sleep 1
    tick=$((tick + 1))
  done
}

# A busy machine sleeps for longer than a second, so the milliseconds are counted; not those by which a clock was set.
count_time() {
  earlier=$ms
  stopwatch
  step=$(((ms - earlier + 100000000) % 100000000))
  [ "$step" -le 60000 ] || step=1000
  passed=$((passed + step))
}

check_command() {
  read -r pid limit <"$work/slot$1.run" || return
  seen='' age=0
  eval "seen=\${pid_$1:-} age=\${age_$1:-0}"
  if [ "$seen" = "$pid" ]; then age=$((age + 1)); else age=0; fi
  eval "pid_$1=$pid age_$1=$age"
  if [ "$age" -ge "$limit" ] || stopped; then
    true >"$work/slot$1.killed"
    if [ "$age" -gt $((limit + 1)) ] || { stopped && [ "$age" -ge 1 ]; }; then end_command KILL "$pid"
    else end_command TERM "$pid"; fi
  fi
}

end_command() { kill "-$1" "-$2" 2>/dev/null || kill "-$1" "$2" 2>/dev/null; }

end_commands() {
  for file in "$work"/slot*.run; do
    [ -f "$file" ] && read -r pid limit <"$file" && end_command "$1" "$pid"
  done 2>/dev/null
}

show_progress() {
  read -r title total before <"$work/section" && printf '\r%s: %s of %s, %s MiB, %s s ' "$title" $(($(rows) - before)) "$total" $((sum_kib / 1024)) $((passed / 1000)) >/dev/tty
}

# The first signal ends the collecting and packs what there is; the second one ends the run.
# shellcheck disable=SC2317  # the traps call it
interrupted() { # exit status
  if [ "$status" -gt 128 ]; then
    end_commands KILL
    # shellcheck disable=SC2086  # a list of process ids
    kill -KILL $workers $supervisor 2>/dev/null
    # filters may still be writing their last files
    tick=0
    until rm -rf "$staging" ${part:+"$part"} 2>/dev/null || [ "$tick" -ge 9 ]; do
      sleep 1
      tick=$((tick + 1))
    done
    exit "$status"
  fi
  status=$1
  stop interrupted
  end_commands TERM
}

watch_signals() {
  echo $$ >"$work/owner"
  trap 'interrupted 130' INT
  trap 'interrupted 143' TERM
  trap 'interrupted 129' HUP
  trap 'exec 2>/dev/null; interrupted 141' PIPE
  supervise &
  supervisor=$!
}

# ---- common: the archive ---------------------------------------------------------------------------------------

# The rows in the order of their ids, each with the checksum of its file.
write_ledger() {
  rm -rf "$work/reserve"
  true >"$work/sums"
  # shellcheck disable=SC2086  # a program and its option
  [ -z "$sum" ] || (cd "$tree" && find . -type f -exec $sum {} +) 2>/dev/null | sed 's,[ *]*\./, ,' >"$work/sums"
  printf 'id\tpath\targv\tstart\tms\texit\tbytes\tsha256\tcut\tredactions\tclass\tintended\n' >"$tree/ledger.tsv"
  sort -n "$work/ledger" >"$work/sorted" 2>/dev/null
  # shellcheck disable=SC2016  # the dollar signs are those of awk
  awk -F '\t' -v OFS='\t' -v sums="$work/sums" '
    BEGIN { while ((getline row < sums) > 0) { i = index(row, " "); sum[substr(row, i + 1)] = substr(row, 1, i - 1) } }
    { if ($2 in sum) $8 = sum[$2]; print }' "$work/sorted" >>"$tree/ledger.tsv" 2>/dev/null || cat "$work/sorted" >>"$tree/ledger.tsv"
}

# Packs the tree, the end mark last. When there is no room: elsewhere, then without the largest logs, then not at all.
pack() {
  trap '' PIPE
  find "$tree" -depth -type d -exec rmdir {} + 2>/dev/null
  find "$tree" -name '*.part' -exec rm -f {} + 2>/dev/null
  while :; do
    printf 'rows=%s\nstopped=%s\n' "$(rows)" "$(cat "$work/stop" 2>/dev/null)" >"$tree/COMPLETE"
    for place in "$out" "${TMPDIR:-/tmp}" "${HOME:-/tmp}" /dev/shm; do
      [ -d "$place" ] && [ -w "$place" ] && write_archive "$place" && return 0
    done
    drop_largest_log || break
  done
  status=4
  if [ -n "$encrypt_to" ]; then
    say "$program: no room for the archive, or it could not be encrypted; no plain text is left behind"
  else
    say "$program: no room for the archive; what was collected is in $tree"
    staging=''
  fi
  return 1
}

write_archive() { # place
  suffix=.tar
  have gzip && suffix=.tar.gz
  case $encrypt_to in
    '') ;;
    age1* | ssh-*) suffix=$suffix.age ;;
    *) suffix=$suffix.gpg ;;
  esac
  part=$1/.$name.part
  set -- "$1" "$name/ledger.tsv" "$name/about.txt"
  for member in "$tree"/*; do
    case $member in */ledger.tsv | */about.txt | */COMPLETE) ;; *) set -- "$@" "$name/${member##*/}" ;; esac
  done
  bundle=$1/$name$suffix
  shift
  rm -f "$work/tar"
  { (cd "$staging" && tar -cf - "$@" "$name/COMPLETE") || [ $? -eq 1 ] || true >"$work/tar"; } 2>"$work/tar.err" | pack_stream >"$part" 2>/dev/null
  packed=$?
  if [ "$packed" -eq 0 ] && [ ! -e "$work/tar" ] && [ -s "$part" ] && mv "$part" "$bundle" 2>/dev/null; then return 0; fi
  rm -f "$part"
  return 1
}

# What leaves this pipe is encrypted, so that no plain archive ever reaches a disk.
pack_stream() {
  case $suffix in
    .tar.gz*) gzip -c || true >"$work/tar" ;;
    *) cat ;;
  esac | seal
}

seal() {
  case $encrypt_to in
    '') cat ;;
    age1* | ssh-*) age -r "$encrypt_to" ;;
    *) gpg --batch --trust-model always -e -r "$encrypt_to" ;;
  esac
}

# Refuses at the start what could not be sealed at the end.
try_seal() {
  [ -z "$encrypt_to" ] || echo probe | seal >/dev/null 2>&1 ||
    refuse "cannot encrypt to '$encrypt_to': age or gpg, or the key, is missing"
}

drop_largest_log() {
  largest=$(find "$tree" -name '*.log' -type f -exec ls -ln {} + 2>/dev/null | sort -k 5,5nr | sed -n '1s,^[^/]*\(/.*\)$,\1,p')
  [ -n "$largest" ] && rm -f "$largest" && say "$program: no room, left out ${largest#"$tree"/}"
}

write_checksum() {
  [ -n "$sum" ] && (cd "$(dirname "$bundle")" && $sum "${bundle##*/}" | sed 's/ \*/  /' >"${bundle##*/}.sha256") 2>/dev/null
}

# ---- end of the common part ------------------------------------------------------------------------------------
