#!/bin/sh
# Casefile collector: a support bundle of a Kubernetes cluster, written to be read before it is run.
#
#   sh collect.sh                writes casefile-<cluster>-<time>.tar.gz into the current directory
#   sh collect.sh --dry-run      prints each command and the rights that it needs; contacts nothing
#   sh collect.sh --help
#
# It only reads. Nearly every call is `kubectl get --raw PATH`, which is one HTTP GET of that path; the others are
# `kubectl describe` and `kubectl top`. Secret objects are never requested; nothing is run in a pod, and no pod is
# started. Every answer passes the redactor, in the pipe, before it reaches the disk. Every command, and how it ended,
# is a row of ledger.tsv in the bundle.
#
# Needs sh, kubectl, awk, tar and the POSIX tools. In this order: what is collected, options, the redactor, how a
# command is run and noted, the archive, the sections of a run.
set -u
VERSION=0.1.0
program=collect.sh

# ---- what is collected -----------------------------------------------------------------------------------------

# file name, scope, objects a page, paths to try in turn (the first that the server has); events live for an hour
# only, so they come first.
KINDS='
events namespaced 500 /api/v1/events /apis/events.k8s.io/v1/events
pods namespaced 500 /api/v1/pods
nodes cluster 100 /api/v1/nodes
namespaces cluster 500 /api/v1/namespaces
deployments.apps namespaced 500 /apis/apps/v1/deployments
replicasets.apps namespaced 500 /apis/apps/v1/replicasets
statefulsets.apps namespaced 500 /apis/apps/v1/statefulsets
daemonsets.apps namespaced 500 /apis/apps/v1/daemonsets
jobs.batch namespaced 500 /apis/batch/v1/jobs
cronjobs.batch namespaced 500 /apis/batch/v1/cronjobs /apis/batch/v1beta1/cronjobs
replicationcontrollers namespaced 500 /api/v1/replicationcontrollers
services namespaced 500 /api/v1/services
endpoints namespaced 500 /api/v1/endpoints
endpointslices.discovery.k8s.io namespaced 500 /apis/discovery.k8s.io/v1/endpointslices /apis/discovery.k8s.io/v1beta1/endpointslices
ingresses.networking.k8s.io namespaced 500 /apis/networking.k8s.io/v1/ingresses /apis/networking.k8s.io/v1beta1/ingresses /apis/extensions/v1beta1/ingresses
ingressclasses.networking.k8s.io cluster 500 /apis/networking.k8s.io/v1/ingressclasses /apis/networking.k8s.io/v1beta1/ingressclasses
networkpolicies.networking.k8s.io namespaced 500 /apis/networking.k8s.io/v1/networkpolicies
persistentvolumeclaims namespaced 500 /api/v1/persistentvolumeclaims
persistentvolumes cluster 500 /api/v1/persistentvolumes
storageclasses.storage.k8s.io cluster 500 /apis/storage.k8s.io/v1/storageclasses
volumeattachments.storage.k8s.io cluster 500 /apis/storage.k8s.io/v1/volumeattachments
csinodes.storage.k8s.io cluster 500 /apis/storage.k8s.io/v1/csinodes /apis/storage.k8s.io/v1beta1/csinodes
csidrivers.storage.k8s.io cluster 500 /apis/storage.k8s.io/v1/csidrivers /apis/storage.k8s.io/v1beta1/csidrivers
configmaps namespaced 100 /api/v1/configmaps
serviceaccounts namespaced 500 /api/v1/serviceaccounts
resourcequotas namespaced 500 /api/v1/resourcequotas
limitranges namespaced 500 /api/v1/limitranges
horizontalpodautoscalers.autoscaling namespaced 500 /apis/autoscaling/v2/horizontalpodautoscalers /apis/autoscaling/v2beta2/horizontalpodautoscalers /apis/autoscaling/v1/horizontalpodautoscalers
poddisruptionbudgets.policy namespaced 500 /apis/policy/v1/poddisruptionbudgets /apis/policy/v1beta1/poddisruptionbudgets
priorityclasses.scheduling.k8s.io cluster 500 /apis/scheduling.k8s.io/v1/priorityclasses
runtimeclasses.node.k8s.io cluster 500 /apis/node.k8s.io/v1/runtimeclasses /apis/node.k8s.io/v1beta1/runtimeclasses
leases.coordination.k8s.io leases 500 /apis/coordination.k8s.io/v1/leases
apiservices.apiregistration.k8s.io cluster 500 /apis/apiregistration.k8s.io/v1/apiservices
validatingwebhookconfigurations.admissionregistration.k8s.io cluster 500 /apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations /apis/admissionregistration.k8s.io/v1beta1/validatingwebhookconfigurations
mutatingwebhookconfigurations.admissionregistration.k8s.io cluster 500 /apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations /apis/admissionregistration.k8s.io/v1beta1/mutatingwebhookconfigurations
customresourcedefinitions.apiextensions.k8s.io cluster 20 /apis/apiextensions.k8s.io/v1/customresourcedefinitions /apis/apiextensions.k8s.io/v1beta1/customresourcedefinitions
helmcharts.helm.cattle.io namespaced 500 /apis/helm.cattle.io/v1/helmcharts
'

# Reads the pods (pretty-printed JSON) and prints, a line each:
#   pod NAMESPACE NAME                                   a pod that is not well
#   log RANK NUMBER NAMESPACE NAME CONTAINER previous|current NODE   a container that has run; the lowest rank tells most
# After three replicas that fail alike the rest come last.
# shellcheck disable=SC2016  # the dollar signs are those of awk
PLAN='
function scalar(s) { sub(/^[^:]*: "?/, "", s); sub(/"?,?$/, "", s); return s }
function finish(   i, c, bad, rank, twin) {
  if (ns == "" || pod == "") return
  bad = deleting || (phase != "Running" && phase != "Succeeded")
  for (i = 1; i <= count; i++) {
    if (phase == "Succeeded") continue
    if (restarts[i] > 0 || waiting[i] || (exited[i] != "" && exited[i] != "0") || (group[i] == "containerStatuses" && !ready[i])) bad = 1
  }
  if (bad) print "pod", ns, pod
  for (i = 1; i <= count; i++) {
    if (!ran[i]) continue
    c = restarts[i] > 0 || waiting[i] || (exited[i] != "" && exited[i] != "0")
    rank = c ? 1 : bad ? 2 : ns ~ /^(kube|cattle|calico|tigera|cilium|longhorn|ingress|cert-manager|metallb|rook|monitoring|gpu|openshift|istio|linkerd)|-system$/ ? 3 : 4
    twin = owner == "" ? 0 : twins[ns " " owner " " name[i]]++
    if (twin >= 3) rank += 4
    if (before[i]) print "log", (c ? rank - 1 : rank), NR, ns, pod, name[i], "previous", node
    print "log", rank, NR, ns, pod, name[i], "current", node
  }
}
{
  s = $0; sub(/^[ \t]+/, "", s)
  if (s ~ /^[]}]/) {
    if (depth == 3 && path[2] == "items") finish()
    depth--
    next
  }
  if (s ~ /[[{]$/) {
    k = s; sub(/": [[{]$/, "", k); sub(/^"/, "", k)
    path[++depth] = k
    if (depth == 3 && path[2] == "items") {
      ns = pod = phase = owner = node = ""; deleting = count = 0
      split("", name); split("", group); split("", ready); split("", restarts); split("", waiting); split("", exited); split("", before); split("", ran)
    }
    if (depth == 6 && path[5] ~ /^(initContainerStatuses|containerStatuses|ephemeralContainerStatuses)$/) { count++; group[count] = path[5] }
    if (depth == 8 && path[7] == "lastState" && k == "terminated") { before[count] = 1; ran[count] = 1 }
    if (depth == 8 && path[7] == "state" && k == "waiting") waiting[count] = 1
    next
  }
  if (path[2] != "items") next
  if (depth == 4 && path[4] == "metadata") {
    if (s ~ /^"name":/) pod = scalar(s)
    else if (s ~ /^"namespace":/) ns = scalar(s)
    else if (s ~ /^"deletionTimestamp":/) deleting = 1
  }
  else if (depth == 6 && path[5] == "ownerReferences" && s ~ /^"name":/) owner = scalar(s)
  else if (depth == 4 && path[4] == "spec" && s ~ /^"nodeName":/) node = scalar(s)
  else if (depth == 4 && path[4] == "status" && s ~ /^"phase":/) phase = scalar(s)
  else if (depth == 6 && path[5] ~ /Statuses$/) {
    if (s ~ /^"name":/) name[count] = scalar(s)
    else if (s ~ /^"ready": true/) ready[count] = 1
    else if (s ~ /^"restartCount":/) restarts[count] = scalar(s) + 0
    else if (s ~ /^"containerID": "[^"]/) ran[count] = 1
  }
  else if (depth == 8 && path[7] == "state" && path[8] == "terminated" && s ~ /^"exitCode":/) exited[count] = scalar(s)
}
'

# Prints the names of the objects of a list: the first "name" below each "metadata" of an item.
# shellcheck disable=SC2016  # the dollar signs are those of awk
NAMES='
  { match($0, /^[ \t]*/); at = RLENGTH }
  /^[ \t]*"items": [[]$/ { item = at }
  /^[ \t]*"metadata": [{]$/ && item { if (!level) level = at; inside = (at == level) ? at : 0 }
  inside && at > inside && /^[ \t]*"name": "/ { sub(/^[^:]*: "/, ""); sub(/".*/, ""); print; inside = 0 }
'

# ---- options ---------------------------------------------------------------------------------------------------

usage() {
  cat <<'HELP'
Usage: collect.sh [options]

  --namespace NS     only this namespace (may be repeated); cluster-wide kinds are still asked for
  --since TIME       logs of the last TIME, such as 30m, 6h, 2d
  --log-lines N      newest lines of each log (default 2000)
  --resource NAME    also list this kind, such as clusters.management.cattle.io/v3 (may be repeated)
  --out DIR          where the bundle goes (default: the current directory)
  --max-size MIB     stop at so much text, before compression (default 512)
  --deadline TIME    stop collecting after TIME (default 10m)
  --jobs N           commands at a time (default 4)
  --context NAME     kubeconfig context
  --kubeconfig FILE
  --encrypt-to KEY   encrypt the bundle with age (age1… or ssh-… key) or gpg (key id); never leaves plain text
  --dry-run          print each command and the rights that it needs; contacts nothing
  --check-access     ask the cluster which of these rights there are
  --redact           only filter standard input to standard output
  --help, --version

Environment: KUBECTL (such as "k3s kubectl" or oc), KUBECONFIG, TMPDIR.
Exit status: 0 complete, 2 partial, 3 no access to the cluster (a bundle is written all the same),
4 no bundle could be written, 129 to 143 interrupted (a partial bundle is written).
HELP
}

number_of() { # value, option
  case $1 in '' | *[!0-9]* | ??????????*) refuse "$2 needs a number, not '$1'" ;; esac
  echo "$1"
}

time_of() { # value, option
  seconds_of "$1" || refuse "$2 needs a time such as 90s, 30m, 6h or 2d, not '$1'"
}

read_options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --*=*)
        option=${1%%=*} value=${1#*=}
        shift
        set -- "$option" "$value" "$@"
        ;;
    esac
    case $1 in
      --help | -h) usage; exit 0 ;;
      --version) echo "$VERSION"; exit 0 ;;
      --redact | --dry-run | --check-access) action=${1#--}; shift; continue ;;
      -*) [ $# -ge 2 ] || refuse "$1 needs a value, or is unknown; see --help" ;;
      *) refuse "unknown argument '$1'; see --help" ;;
    esac
    case $1 in
      --namespace | -n) if odd_name "$2"; then refuse "'$2' is not a namespace"; fi; namespaces="$namespaces $2" ;;
      --since) since=$(time_of "$2" --since) || exit 4 ;;
      --log-lines) log_lines=$(number_of "$2" --log-lines) || exit 4 ;;
      --resource) add_resource "$2" ;;
      --out | -o) out=$2 ;;
      --max-size) max_kib=$(number_of "$2" --max-size) || exit 4; max_kib=$((max_kib * 1024)) ;;
      --deadline) deadline=$(time_of "$2" --deadline) || exit 4 ;;
      --jobs) jobs=$(number_of "$2" --jobs) || exit 4 ;;
      --context) context=$2 ;;
      --kubeconfig) KUBECONFIG=$2; export KUBECONFIG ;;
      --encrypt-to) encrypt_to=$2 ;;
      *) refuse "unknown option $1; see --help" ;;
    esac
    options="$options $1"
    shift 2
  done
  if [ "$jobs" -lt 1 ] || [ "$jobs" -gt 16 ]; then refuse '--jobs is a number from 1 to 16'; fi
}

# clusters.management.cattle.io/v3 becomes a line of KINDS. Secrets are refused under any name.
add_resource() {
  resource=${1%%/*} resource_version=${1#*/}
  case $1 in
    secrets* | *[!a-z0-9./-]* | */*/*) refuse "--resource $1: not this one" ;;
    *.*/v*) ;;
    *) refuse "--resource needs RESOURCE.GROUP/VERSION, such as clusters.management.cattle.io/v3, not '$1'" ;;
  esac
  KINDS="$KINDS$resource cluster 100 /apis/${resource#*.}/$resource_version/${resource%%.*}
"
}

# ---- the redactor ----------------------------------------------------------------------------------------------
# A copy of parts/redact.awk, which is its source; a test holds both together.

# shellcheck disable=SC2016  # the dollar signs are those of awk
REDACTOR='
# Takes secrets out of text before it is stored, and keeps what tells failures apart.
#
# Works on any text, line by line: JSON (one key a line), YAML, describe output, logs, configuration files.
# A secret becomes [REDACTED-<kind>-<check>]; equal secrets get equal checks within one bundle, because the check
# is keyed with CASEFILE_KEY (four random numbers that are never stored).
#
#   -v mode=text|json|log   json also drops managedFields and CRD schemas; log keeps the newest -v cap=BYTES
#   -v stats=FILE           gets one line: redactions, bytes, whether something was cut, whether JSON is whole
#
# Only POSIX awk: no {n,m} in expressions (old mawk never matches them), no gensub, no NUL. Runs with LC_ALL=C.

BEGIN {
  for (i = 1; i < 256; i++) ord[sprintf("%c", i)] = i
  if (split(ENVIRON["CASEFILE_KEY"], key, " ") < 4) split("7919 104729 1299709 15485863", key, " ")
  if (cap + 0 == 0) cap = 1048576
  Q = "\047"
  knowShapes()
  dataIndent = -1; blockIndent = -1; annotationIndent = -1; skipIndent = -1; pemLimit = 400
}

{
  sub(/\r$/, "")
  if (length($0) >= 16384) shorten()
  if (index($0, "\033")) gsub(/\033\[[0-9;?]*[A-Za-z]/, "")
  if (clean($0)) { out($0); next }
  if (mode == "json" && trimmed($0)) next
  if (heldBack($0)) next
  line($0)
}

END {
  flushData("")
  flushPem(1)
  if (mode == "json") { if (haveHeld) put(held) }
  if (mode == "log") for (i = first; i <= last; i++) print ring[i]
  whole = mode != "json" || (firstLine ~ /^[{]$/ && lastLine ~ /^[}]$/)
  if (stats != "") print redactions + 0, bytes + 0, wasCut + 0, whole > stats
}

# ---- output ---------------------------------------------------------------------------------------------------

function put(s) {
  last++
  if (firstLine == "" && s != "") firstLine = s
  lastLine = s
  if (mode != "log") { bytes += length(s) + 1; print s; return }
  ring[last] = s
  bytes += length(s) + 1
  if (first == 0) first = 1
  while (bytes > cap && first < last) { bytes -= length(ring[first]) + 1; delete ring[first++]; wasCut = 1 }
}

# JSON is held back by one line, so that a comma can go when the member after it was dropped.
function out(s) {
  if (mode != "json") { put(s); return }
  if (haveHeld) {
    if (dropped && s ~ /^[ \t]*[]}]/) sub(/,$/, "", held)
    if (held ~ /[[]cut-of-[0-9]+-bytes[]]"$/ && s !~ /^[ \t]*[]}]/) held = held ","
    put(held)
  }
  held = s; haveHeld = 1; dropped = 0
}

# Endless lines: of a log the first 16 KiB stay, of other text too when it is over 64 KiB. A JSON value over 32 KiB
# keeps its first lines, so that the document stays whole; the filter before cuts all lines at 1 MiB.
function shorten(   i, head) {
  if (mode == "log" || (mode == "text" && length($0) > 65536)) {
    $0 = substr($0, 1, 16384)
    wasCut = 1
    sub(/[^ \t",;&]*$/, "")
    $0 = $0 " [cut]"
  } else if (mode == "json" && length($0) > 32768 && match($0, /^[ \t]*"[^"\\]*": "/)) {
    i = RLENGTH
    head = substr($0, i + 1, 8192)
    if (match(head, /.*\\n/)) head = substr(head, 1, RLENGTH); else head = ""
    $0 = substr($0, 1, i) head "[cut-of-" (length($0) - i) "-bytes]\""
  }
}

# ---- marks ----------------------------------------------------------------------------------------------------

function mark(kind, secret,   i, n, h, g, c) {
  if (secret ~ /^[ \t]*[[](REDACTED|DROPPED)-[a-z-]+-[0-9a-f]+(-bytes)?[]]$/) { sub(/^[ \t]*/, "", secret); return secret }
  redactions++
  n = length(secret); if (n > 512) n = 512
  h = key[1] % 94906249; g = key[2] % 94906247
  for (i = 1; i <= n; i++) {
    c = substr(secret, i, 1)
    c = (c in ord) ? ord[c] : 256
    h = (h * h + c * (key[3] % 65521) + i) % 94906249
    g = (g * g + c * (key[4] % 65519) + h) % 94906247
  }
  return "[REDACTED-" kind "-" sprintf("%06x", (h + g * 7) % 16777216) "]"
}

# ---- what a key says about its value --------------------------------------------------------------------------

# Returns the kind when the value must go, "weak" when it must go if it looks random, "" when it may stay. The same few
# names stand in every line, so the answers are remembered.
function sensitive(name) {
  if (name in answers) return answers[name]
  if (++asked > 5000) { split("", answers); asked = 0 }
  return answers[name] = judged(name)
}

function judged(name,   k, n) {
  k = name
  sub(/^.*\//, "", k)
  n = tolower(k)
  if (n ~ /^redacted/ || name ~ /checksum\//) return ""
  if (n ~ /last-applied-configuration$/ || name ~ /kapp\.k14s\.io\/original|objectset\.rio\.cattle\.io\/applied/)
    return "object-copy"
  if (n ~ /token-secret\.value$/) return "token"
  if (n ~ /(^|[_.-])(pass|pw)[0-9]*$/ || k ~ /[a-z]P(ass|w)$/) return "password"
  gsub(/[^a-z0-9]/, "", n)
  if (n ~ /(file|path|dir|directory|name|names|ref|refs|namespace|policy|encryption|length|seconds|expiration|expiry|expires|expired|ttl|type|url|uri|endpoint|host|port|hash|algorithm|enabled|required|count|size|id|ids|checksum|version|provider|issuer|audience|audiences|format|mode|bucket|limit|limits|timeout|interval|age|class|store|mount|volume|method|selector|review|reviews|request|requests|attempts|controller|usage|kind|status|state|error|errors|reason|message|failed|rotation|prefix|header|source|backend|scope|realm|service|servers|template|manager|operator|generator|cleaner|signer|publickey)$/) return ""
  if (n ~ /nopasswd/) return ""
  if (n ~ /(password|passwd|passwort|passphrase|passcode)/) return n ~ /key$/ ? "weak" : "password"
  if (n ~ /(pgpass|pwd|bindpw|rootpw|dbpass|userpass|adminpass|mysqlpass|redispass|smtppass|ldappass|mypass|storepass|keypass)[0-9]*$/) return "password"
  if (n ~ /(secret|secretvalue|secretdata|secretkey|psk|presharedkey|sharedsecret)[0-9]*$/) return "secret"
  if (n ~ /(token|tokenvalue|tokendata|jwt|jws|bearer|accesskey|apikey|appkey|authkey|userkey)[0-9]*$/) return "token"
  if (n ~ /(privatekey|private_key|accountkey|sharedkey|sharedaccesskey|clientkey|clientkeydata|keydata|encryptionkey|masterkey|signingkey|certificatekey|tlskey|serverkey|sshkey|deploykey|hostkey|rsakey|eckey|restuserkey)[0-9]*$/) return "key"
  if (n ~ /(credential|credentials)$/) return "credentials"
  if (n ~ /^(proxy)?authorization$/) return "authorization"
  if (n ~ /cookie[0-9]?$/) return "cookie"
  if (n ~ /(sessionid|sessid|connectsid|sessiontoken)$/) return "session"
  if (n ~ /(amzsignature|^sig)$/) return "signature"
  if (n ~ /(connectionstring|dockerconfigjson|dockercfg|userdatabase64)$/) return "credentials"
  if (n == "community") return "community"
  if (n == "release" || n == "auth" || n ~ /(key|authentication|sig|signature|sid|session|code|salt|keyring|userdata|seed|otp|pin|webhook|license|creds|cred)[0-9]*$/) return "weak"
  return ""
}

function random(v) {
  if (length(v) < 12 || v !~ /[0-9=]/ || v !~ /[A-Za-z]/) return 0
  if (v !~ /^[A-Za-z0-9+\/=_.~%!-]+$/) return 0
  if (v ~ /^sha(1|256|512):/ || v ~ /^[0-9.]+$/ || v ~ /^[\/]?[a-z0-9_.-]+(\/[A-Za-z0-9_.-]+)+$/) return 0
  if (v ~ /^[0-9a-f]+-[0-9a-f]+-[0-9a-f]+-[0-9a-f]+-[0-9a-f]+$/) return 0
  if (v ~ /^[a-z0-9]+([.-][a-z0-9]+)*$/ && v ~ /[.-]/) return 0
  if (v ~ /[a-z]/ && v ~ /[A-Z]/ && v ~ /[0-9=]/) return 1
  return length(v) >= 20 && gsub(/[0-9]/, "", v) * 7 >= length(v)
}

# A value that says nothing: empty, masked already, a reference, a size, or a word of prose.
function harmless(v, kind, quoted, delimiter,   l) {
  if (v == "" || v ~ /^[*]+$/ || v ~ /^[[]?REDACTED/ || v ~ /^[[]REDACTED-[a-z-]+-[0-9a-f]+[]]$/) return 1
  l = tolower(v)
  if (l ~ /^(null|nil|none|true|false|yes|no|enabled|disabled|on|off|undefined|unset|empty|required|optional|string|missing|invalid|expired)[],;.)}]*$/) return 1
  if (l ~ /^(<|\\u003c)(set to|none|nil|unknown|empty|redacted|hidden|masked|unset|invalid|error|no value)/) return 1
  if (v ~ /^\$\([A-Za-z0-9_.-]+\)$/ || v ~ /^\$[{][^}]*[}]$/ || v ~ /^\$[A-Z_]+$/ || v ~ /^[{][{].*[}][}]$/) return 1
  if (v ~ /^\$\((cat|<)/ || v ~ /^([{][}]|[[][]])[,;]*$/) return 1
  if (v ~ /^<[A-Za-z][A-Za-z_ -]*>?$/) return 1
  if (v ~ /^[0-9]+ bytes$/ || v ~ /^[[{(|>&][+-]?$/) return 1
  if (kind == "password" && delimiter != "=" && !quoted &&
      l ~ /^(authentication|is|was|for|must|not|incorrect|expired|failed|mismatch|wrong|error|too|cannot|does|has|rejected|and|or|the)[,.:;]*$/) return 1
  if ((kind == "password" || kind == "key") && v ~ /^\// && l ~ /^(\/[a-z0-9_.-]+)+\/?$/) return 1
  if (kind == "weak") return !random(v)
  if (kind == "password" || kind == "object-copy" || kind == "key") return 0
  # token: Get "https://…", secret "db" not found, secret="shop/regcred", secret: db-credentials
  if (!quoted && delimiter != "=" && (v ~ /^[A-Za-z][a-z]*[,.:;]*$/ || v ~ /^[0-9]?[0-9]?[0-9]?[0-9]?[,.:;]?$/)) return 1
  if (kind == "secret" && (v ~ /^[a-z0-9.-]+\/[a-z0-9.-]+$/ || v ~ /^[a-z]+([.-][a-z]+)+$/ || v ~ /^[a-z]+$/)) return 1
  if (kind == "credentials" && v ~ /^[a-z]+([.-][a-z]+)*$/) return 1
  return 0
}

# ---- most lines ------------------------------------------------------------------------------------------------

# True for a line that nothing below would change: nothing in it, and nothing before it, hints at a secret. It asks for
# more than the checks below do, and for all of it at once, because nine lines of ten end here.
function clean(s,   low, n) {
  if (inKey || runs || inSecret || flagBefore != "" || dataIndent >= 0 || blockIndent >= 0 || annotationIndent >= 0 || skipIndent >= 0) return 0
  low = tolower(s)
  # words of keys, known shapes, flags with a value, the lines that start a block
  if (low ~ /pass|pw|secret|token|key|cred|auth|cookie|sess|sid|sig|community|psk|bearer|basic|user.?data|connection.?string|docker.?c|jwt|jws|value|original|applied|eyj|a[ks]ia|aiza|ya29|gh[pousr]_|github_pat_|gl[a-z]+t-|xox|hooks[.]slack|k_(live|test)_|sg[.]|hv[sbr][.]|dckr_|glsa_|sk-|hf_|npm_|pypi-|sha256~|k10|\/v3\/import|q~|iqoj|[$](2[abxy]?|[1567y]|gy|apr1|argon2[a-z]*)[$]|ls0tls1|h4si|sdrzs|-----|@(tcp|unix)|[ \t"\047]-[pwau]|--user|^---|^[{]$|^[ \t]*"?(annotations|kind|data|stringdata|managedfields|schema|openapiv3schema)"?:/) return 0
  # keys that need a random value
  if (low ~ /(code|salt|seed|otp|pin|hook|license|release)[^a-z]*(": "|$)/) return 0
  if (index(s, "@") && index(s, "://")) return 0
  # the middle of a private key
  n = length(s)
  if (n >= 40 && substr(s, n - 39) !~ /[^A-Za-z0-9+\/= \t]/) return 0
  if (index(s, "\"name\": \"")) { pairKey = ""; pairSet = 1 }
  return 1
}

# ---- one line -------------------------------------------------------------------------------------------------

function line(s,   n, i, part, joined, kind, head, tail, body) {
  if (pem(s)) return
  if (blockIndent >= 0) {
    if (s ~ /^[ \t]*$/ || indent(s) > blockIndent) { if (s !~ /^[ \t]*$/) { blockText(s); return } }
    else blockIndent = -1
  }
  if (match(s, /^[ \t]*"[^"\\]*": "/)) {                       # a JSON member: the whole string is the value
    head = substr(s, 1, RLENGTH); body = substr(s, RLENGTH + 1)
    if (match(body, /",?$/)) { tail = substr(body, RSTART); body = substr(body, 1, RSTART - 1) } else tail = ""
    kind = jsonKind(head, body)
    if (kind != "") {
      if (kind == "object-copy" && body ~ /^[[]DROPPED-/) { out(s); return }
      if (kind == "object-copy") { redactions++; out(head "[DROPPED-object-copy-" length(body) "-bytes]" tail); return }
      if (!harmless(body, kind, 1, ":")) { out(head mark(kind == "weak" ? "key" : kind, body) tail); return }
    }
    if (length(body) > 40 && index(body, "\\n")) { out(head pieces(body) tail); return }
    out(head scan(body) tail)
    return
  }
  if (flagBefore != "" && (kind = afterFlag(s)) != "") { out(kind); return }
  noteFlag(s)
  if (length(s) > 4096 && index(s, "\\n")) { out(pieces(s)); return }
  out(scan(s))
}

function indent(s) { match(s, /^[ \t]*/); return RLENGTH }

# The kind of the string value of a JSON member, from its key, from the name before it, or from the annotation it is in.
function jsonKind(head, body,   k, kind) {
  k = head; sub(/^[ \t]*"/, "", k); sub(/": "$/, "", k)
  if (k == "name") { pairKey = sensitive(body) ; pairSet = 1; return "" }
  if (k == "value" && pairSet) { pairSet = 0; return pairKey == "authorization" ? "" : pairKey }
  if (annotationIndent >= 0 && body ~ /^[{]/ &&
      (length(body) > 1024 || body ~ /\\"(spec|data|stringData|kind|apiVersion|password)\\"/)) return "object-copy"
  if (annotationIndent >= 0 && length(body) > 4096) return "object-copy"
  if (k == "key" || k == "secret" || k == "community") return sensitive(k) == "weak" ? "weak" : sensitive(k)
  kind = sensitive(k)
  if (kind == "authorization" || kind == "cookie") return kind
  return kind
}

# A string with \n in it is a file: each of its lines is looked at as a line, with block and quote state between them.
function pieces(s,   n, i, part, joined, t) {
  n = split(s, part, /\\n/)
  inPem = 0; pieceBlock = -1; openQuote = 0
  joined = ""
  for (i = 1; i <= n; i++) {
    t = part[i]
    if (inPem) { if (t ~ /-----END/) { inPem = 0; sub(/^.*-----END[^-]*-----/, "", t) } else t = "" ; joined = joined t; continue }
    if (t ~ /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/ && t !~ /-----END/) {
      inPem = 1; body = substr(t, 1, index(t, "-----BEGIN") - 1)
      joined = joined (i > 1 ? "\\n" : "") scan(body) mark("private-key", part[i + 1] part[i + 2])
      continue
    }
    if (pieceBlock >= 0) {
      if (t ~ /^[ \t]*$/ || indent(t) > pieceBlock) { if (t !~ /^[ \t]*$/) t = substr(t, 1, indent(t)) mark("value", t); joined = joined "\\n" t; continue }
      pieceBlock = -1
    }
    if (opensBlock(t)) pieceBlock = indent(t)
    joined = joined (i > 1 ? "\\n" : "") scan(t)
  }
  return joined
}

# "password: |" in YAML: what is indented below it is the value.
function opensBlock(t,   k) {
  if (t !~ /^[ \t]*(- )?["\047]?[A-Za-z0-9_.\/-]+["\047]?:[ \t]*[|>][+-]?[0-9]?[ \t]*$/) return 0
  k = t; sub(/:[^:]*$/, "", k); gsub(/[ \t"\047]/, "", k); sub(/^-/, "", k)
  k = sensitive(k)
  return k != "" && k != "weak"
}

function blockText(s) {
  redactions++
  out(substr(s, 1, indent(s)) mark("value", s)); redactions--
}

function scan(s,   low) {
  if (s ~ /eyJ|A[KS]IA|AIza|ya29\.|gh[pousr]_|github_pat_|glpat-|gl[a-z]+t-|xox[a-z]-|hooks\.slack|[rs]k_(live|test)_|SG\.|hv[sbr]\.|dckr_|glsa_|sk-|hf_|npm_|pypi-|AGE-SECRET|sha256~|K10|token-|\/v3\/import|Q~|IQoJ|\$(2[abxy]?|[156y]|apr1|argon2[a-z]*)\$|LS0tLS1|H4sI|SDRzS|-----BEGIN/)
    s = shapes(s)
  if (index(s, "://") && index(s, "@")) s = urls(s)
  if (index(s, "@tcp(") || index(s, "@unix(")) s = dsn(s)
  low = tolower(s)
  if (low ~ /pass|pwd|pw|secret|token|key|cred|auth|cookie|sess|sid|sig|community|psk|bearer|basic|userdata|connectionstring|jwt|value|original|applied/) {
    if (low ~ /bearer|basic|negotiate|authorization/) s = schemes(s)
    s = pairs(s)
  }
  if (low ~ /sshpass|mysql|mariadb|curl|wget|docker|podman|nerdctl|skopeo|buildah|crane|ctr |sqlcmd|redis-cli|ldap|mongo|htpasswd|helm|rabbitmq|smbclient|psql|login/)
    s = shortFlags(s)
  return s
}

# ---- tokens that are known by their shape ----------------------------------------------------------------------

function each(s, re, kind,   done) {
  done = ""
  while (match(s, re)) {
    done = done substr(s, 1, RSTART - 1) mark(kind, substr(s, RSTART, RLENGTH))
    s = substr(s, RSTART + RLENGTH)
  }
  return done s
}

function shapes(s,   i) {
  if (index(s, "-----BEGIN")) s = escapedPem(s)
  for (i = 1; i <= shapeCount; i++)
    if (index(s, shapeHint[i])) s = each(s, shapeText[i], shapeKind[i])
  if (index(s, "LS0tLS1")) s = encodedPem(s)
  return s
}

function known(kind, hint, text) {
  shapeCount++
  shapeKind[shapeCount] = kind; shapeHint[shapeCount] = hint; shapeText[shapeCount] = text
}

# What {n,} would say, for awks that do not have it.
function atLeast(n, class,   i, text) {
  text = class
  for (i = 1; i < n; i++) text = text class
  return text "+"
}

function knowShapes(   w, b) {
  w = "[A-Za-z0-9_-]"; b = "[A-Za-z0-9+/=_-]"
  known("jwt", "eyJ", "eyJ" atLeast(5, w) "[.]" w "+([.][A-Za-z0-9_.-]*)?")
  known("aws-key-id", "AKIA", "AKIA" atLeast(8, "[A-Z0-9]"))
  known("aws-key-id", "ASIA", "ASIA" atLeast(8, "[A-Z0-9]"))
  known("aws-session", "IQoJ", "IQoJ" atLeast(6, "[A-Za-z0-9+/=%_-]"))
  known("google-key", "AIza", "AIza" atLeast(6, w))
  known("google-token", "ya29.", "ya29[.]" w "+")
  known("git-token", "gh", "gh[pousr]_" atLeast(6, "[A-Za-z0-9_]"))
  known("git-token", "github_pat_", "github_pat_" atLeast(6, "[A-Za-z0-9_]"))
  known("git-token", "gl", "gl(pat|ptt|rt|cbt|dt|ft|soat|imt|agent|oas)-" atLeast(6, "[A-Za-z0-9_.-]"))
  known("slack-token", "xox", "xox[a-z]-[A-Za-z0-9-]+")
  known("slack-webhook", "hooks.slack", "(https?://)?hooks[.]slack[.]com/(services|workflows)/[A-Za-z0-9_/-]+")
  known("stripe-key", "_live_", "[rsp]k_live_[A-Za-z0-9]+")
  known("stripe-key", "_test_", "[rsp]k_test_[A-Za-z0-9]+")
  known("sendgrid-key", "SG.", "SG[.]" atLeast(6, w) "[.]" atLeast(4, w))
  known("vault-token", "hv", "hv[sbr][.]" atLeast(6, w))
  known("docker-token", "dckr_", "dckr_[a-z]+_" atLeast(6, w))
  known("grafana-token", "glsa_", "glsa_" atLeast(6, w))
  known("huggingface-token", "hf_", "hf_" atLeast(10, "[A-Za-z0-9]"))
  known("npm-token", "npm_", "npm_" atLeast(10, "[A-Za-z0-9]"))
  known("pypi-token", "pypi-", "pypi-" atLeast(16, w))
  known("api-key", "sk-", "sk-(ant|proj|svcacct|or|lf)-" w "+")
  known("api-key", "sk-", "sk-" atLeast(20, "[A-Za-z0-9]"))
  known("age-key", "AGE-SECRET", "AGE-SECRET-KEY-[A-Z0-9-]+")
  known("openshift-token", "sha256~", "sha256~" w "+")
  known("node-token", "K10", "K10" atLeast(8, "[0-9a-f]") "(::[^ \t\"\047,;]*)?")
  known("rancher-token", "token-", "token-[a-z0-9][a-z0-9][a-z0-9][a-z0-9][a-z0-9]:" atLeast(8, "[a-z0-9]"))
  known("rancher-token", "/v3/import/", "/v3/import/[A-Za-z0-9_-]+")
  known("azure-secret", "Q~", "[A-Za-z0-9_~.-][A-Za-z0-9_~.-][A-Za-z0-9_~.-][0-9]Q~[A-Za-z0-9_~.-]+")
  known("password-hash", "$", "[$](2[abxy]?|[156y]|7|gy|apr1|argon2[a-z]*)[$][A-Za-z0-9./+=,$]+")
  known("gzip", "H4sI", "H4sI" atLeast(12, b))
  known("gzip", "SDRzS", "SDRzS" atLeast(12, b))
}

# Base64 of PEM: certificates and public keys may stay.
function encodedPem(s,   done, t) {
  done = ""
  while (match(s, /LS0tLS1[A-Za-z0-9+\/=_-]*/)) {
    t = substr(s, RSTART, RLENGTH)
    done = done substr(s, 1, RSTART - 1)
    s = substr(s, RSTART + RLENGTH)
    done = done (t ~ /^LS0tLS1CRUdJTiB(DRVJU|QVUJM|UUlVTVEVEIENFUl)/ && t !~ /UFJJVkFUR|BSSVZBVE|QUklWQVRF/ ? t : mark("private-key", t))
  }
  return done s
}

# A private key on one line, its line ends written as \n: from BEGIN to END, or to the end of the string.
function escapedPem(s,   done, b, e, t) {
  done = ""
  while (match(s, /-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----/)) {
    b = RSTART
    done = done substr(s, 1, b - 1)
    t = substr(s, b + RLENGTH)
    if (match(t, /-----END [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----/)) e = RSTART + RLENGTH
    else if (match(t, /["\047]/)) e = RSTART
    else e = length(t) + 1
    done = done mark("private-key", substr(t, 1, e - 1))
    s = substr(t, e)
  }
  return done s
}

# ---- credentials in URLs ---------------------------------------------------------------------------------------

function urls(s,   done, rest, host, i, c, authority, user, at, slash, tail) {
  done = ""
  while (match(s, /[A-Za-z][A-Za-z0-9+.-]*:\/\//)) {
    done = done substr(s, 1, RSTART + RLENGTH - 1)
    s = substr(s, RSTART + RLENGTH)
    if (match(s, /[ \t"\047`]/)) rest = substr(s, 1, RSTART - 1); else rest = s
    if ((i = index(rest, "\\n")) > 0) rest = substr(rest, 1, i - 1)
    sub(/\\+$/, "", rest)
    slash = index(rest, "/"); authority = slash ? substr(rest, 1, slash - 1) : rest
    at = lastAt(authority)
    if (!at && authority ~ /:/ && authority !~ /:[0-9]*$/ && authority !~ /^\[/) { authority = rest; at = lastAt(rest) }
    if (!at) continue
    user = substr(authority, 1, at - 1); host = substr(authority, at)
    if (host !~ /^@[[A-Za-z0-9_$({%]/) continue
    done = done account(user)
    s = substr(s, at)
  }
  return done s
}

function lastAt(s,   i, at) {
  at = 0
  while ((i = index(substr(s, at + 1), "@")) > 0) at += i
  return at
}

# user:password, keeping the user unless it is a token itself.
function account(u,   colon, name, secret) {
  colon = index(u, ":")
  name = colon ? substr(u, 1, colon - 1) : u
  secret = colon ? substr(u, colon + 1) : ""
  if (length(name) >= 20 && name ~ /[0-9]/ && name ~ /[A-Za-z]/ && name !~ /[.[]/) name = mark("token", name)
  if (!colon) return name
  return name ":" (secret == "" || secret ~ /^(\[REDACTED|\*+$|\$[({]|x-oauth-basic$)/ ? secret : mark("password", secret))
}

# The MySQL form of Go: user:password@tcp(host:3306)/db
function dsn(s,   done, i, t, head, colon) {
  done = ""
  while (match(s, /@(tcp|tcp6|unix)\(/)) {
    head = substr(s, 1, RSTART - 1); t = substr(s, RSTART, RLENGTH); s = substr(s, RSTART + RLENGTH)
    i = match(head, /[^ \t"\047=]*$/)
    colon = index(substr(head, i), ":")
    if (colon) head = substr(head, 1, i - 1 + colon) mark("password", substr(head, i + colon))
    done = done head t
  }
  return done s
}

# Bearer and Basic without a key before them.
function schemes(s,   done, t, i) {
  done = ""
  while (match(s, /([Bb]earer|[Bb]asic|BEARER|BASIC|[Nn]egotiate)[ ]+[A-Za-z0-9+\/=_.~-]+/)) {
    t = substr(s, RSTART, RLENGTH)
    done = done substr(s, 1, RSTART - 1)
    s = substr(s, RSTART + RLENGTH)
    i = match(t, /[^ ]*$/)
    if (s ~ /^=/ || !credential(substr(t, i), t)) { done = done t; continue }
    done = done substr(t, 1, i - 1) mark("authorization", substr(t, i))
  }
  return done s
}

function credential(v, t) {
  if (v ~ /^[[]?REDACTED/) return 0
  if (t ~ /^[Bb][Aa][Ss]/) return length(v) >= 8 && (v ~ /[0-9]/ || v ~ /=$/) && v ~ /^[A-Za-z0-9+\/=_-]+$/
  return length(v) >= 16 && v ~ /[0-9]/
}

# ---- key and value, at any depth of quoting --------------------------------------------------------------------

# Goes from one word that hints at a secret to the next, because a look at each pair of a line would be most of the work.
function pairs(s,   low, done, flags, first, at, tok, head, name, kind, delimiter, before, lead, quoted, v) {
  done = head = ""; first = 1; low = tolower(s)
  flags = s ~ /(^|[[ \t"\047(,=])-/
  while (match(low, /pass|pw|secret|token|key|cred|auth|cookie|sess|sid|sig|community|psk|bearer|user.?data|connection.?string|docker.?c|jwt|jws|value|name[\\"\047]*[ \t]*[:=]|original|applied|code|salt|seed|otp|pin|hook|license|release/)) {
    at = wordStart(s, RSTART)
    head = head substr(s, 1, at - 1)
    s = substr(s, at); low = substr(low, at)
    if (!(flags ? match(s, /^[A-Za-z0-9_$][A-Za-z0-9_.\/$-]*([]\\"\047)]*[ \t]*(=>|:=|=|:|\\u003e|>|,[ ]*[\\]*["\047])|[ \t]+)/) \
                : match(s, /^[A-Za-z0-9_$][A-Za-z0-9_.\/$-]*[]\\"\047)]*[ \t]*(=>|:=|=|:|\\u003e|>)/))) {
      match(s, /^[A-Za-z0-9_.\/$-]+/)
      head = head substr(s, 1, RLENGTH)
      s = substr(s, RLENGTH + 1); low = substr(low, RLENGTH + 1)
      continue
    }
    tok = substr(s, 1, RLENGTH); s = substr(s, RLENGTH + 1)
    done = done head tok
    name = tok; sub(/[^A-Za-z0-9_.\/$-].*$/, "", name)
    delimiter = substr(tok, length(name) + 1)
    before = head == "" ? "" : substr(head, length(head))
    if (before == "-" && head ~ /(^|[[ \t"\047(,=:>])--?$/) before = "--"
    else if (head ~ /\\u003c$/) before = "<"
    first = first && (!flags || head !~ /[A-Za-z]/) && head ~ /^([ \t]|- |export |[+] |set |ENV |#)*["\047]?$/
    kind = kindOf(name, delimiter, before, s)
    if (kind != "" && s !~ /^[ \t]*<(set to|none|unset|empty)/) {
      if (delimiter ~ /,/) { match(delimiter, /[\\]*["\047]$/); lead = substr(delimiter, RSTART) }
      else { match(s, /^[ \t]*[[]?([\\]*["\047])?/); lead = substr(s, 1, RLENGTH); done = done lead; s = substr(s, RLENGTH + 1) }
      quoted = lead ~ /["\047]$/
      v = substr(s, 1, (quoted ? closing(s, lead) : bare(s, kind, delimiter, first, before)) - 1)
      s = substr(s, length(v) + 1)
      if (kind == "authorization" && match(v, /^[A-Za-z]+[ ]+/)) { done = done substr(v, 1, RLENGTH); v = substr(v, RLENGTH + 1) }
      if ((delimiter ~ /^[\\"\047]/ && !quoted && v ~ /^[A-Za-z]+$/) ||
          harmless(v, kind, quoted, delimiter ~ /=/ || before == "--" ? "=" : ":")) done = done v
      else done = done mark(kind == "weak" ? "key" : kind, v)
    }
    first = 0; head = ""; low = tolower(s)
  }
  return done head s
}

# Where the word begins that has this character in it.
function wordStart(s, at,   start) {
  start = at
  while (start > 1 && substr(s, start - 1, 1) ~ /[A-Za-z0-9_.\/$-]/) start--
  if (start > 1 && start + 5 <= at && substr(s, start - 1, 6) == "\\u003e") start += 5
  while (start < at && substr(s, start, 1) ~ /[.\/-]/) start++
  return start
}

# Decides whether this key with this delimiter introduces a secret.
function kindOf(name, delimiter, before, rest,   kind, d) {
  d = delimiter; gsub(/[ \t]/, "", d)
  if (d == "") {                                               # "--password VALUE": only for flags
    if (before != "--") return ""
    kind = sensitive(name)
    return kind == "weak" ? "weak" : kind
  }
  if (d ~ /,/) return before == "--" ? sensitive(name) : ""    # ["--password","VALUE"]
  if (d ~ />$/ && d !~ /=>$/ && before != "<") return ""
  if (d ~ /:$/ && (before == "/" || (index(name, "/") && delimiter !~ /["\047]/ && rest ~ /^[^[ \t"\047\\]/))) return ""
  if (rest ~ /^\/\// && d ~ /:$/) return ""
  if (name == "name" || name == "Name") { noteName(rest); return "" }
  if ((name == "value" || name == "Value") && pairSet) { pairSet = 0; return pairKey }
  if (name ~ /^valueFrom/) { pairSet = 0; return "" }
  kind = sensitive(name)
  if (tolower(name) ~ /^(old)?pwd$/ && rest ~ /^["\047]?[\/~]/) return ""
  return kind
}

function noteName(rest,   v) {
  v = rest; gsub(/^[ \t\\"\047:=]+/, "", v); sub(/[^A-Za-z0-9_.-].*$/, "", v)
  pairKey = sensitive(v); pairSet = 1
}

# Where a quoted value ends: at the quote that has as few backslashes before it as the opening one.
function closing(s, lead,   q, k, at, i, n) {
  q = substr(lead, length(lead))
  match(lead, /[\\]*["\047]$/); k = RLENGTH - 1
  at = 0
  while ((i = index(substr(s, at + 1), q)) > 0) {
    at += i
    n = 0; while (at - 1 - n > 0 && substr(s, at - 1 - n, 1) == "\\") n++
    if (n % (2 * (k + 1)) <= k) return at - (n < k ? n : k)
  }
  return length(s) + 1
}

# Where a bare value ends: at white space, an outer quote, or the next key=value; a value that has its line for itself ends with the line.
function bare(v, kind, delimiter, alone, before,   e, t, i, n) {
  n = length(v)
  if ((i = index(v, "\\n")) > 0 && i - 1 < n) n = i - 1
  t = substr(v, 1, n)
  if (kind == "cookie") { if (match(t, /["\047]/)) return RSTART; return n + 1 }
  if (before == "<" && match(t, /<\/|\\u003c\//)) return RSTART
  if (kind == "authorization" && match(t, /^[A-Za-z]+[ ]+[^ \t"\047]+/)) { e = RLENGTH; t = substr(t, 1, e); sub(/[\\,;]+$/, "", t); return length(t) + 1 }
  if (alone && t !~ /["\047]/ && (delimiter !~ /=/ || t !~ /[ \t][A-Za-z_][A-Za-z0-9_.-]*[=:]/)) {
    sub(/[ \t]+$/, "", t)
    return length(t) + 1
  }
  e = match(t, /[ \t"\047`]/) ? RSTART : n + 1
  t = substr(t, 1, e - 1)
  sub(/\\+$/, "", t); e = length(t) + 1
  if (match(t, /[;&,][A-Za-z_][A-Za-z0-9_.%-]*=/) && RSTART < e) e = RSTART
  else if (match(t, /\\u0026[A-Za-z_][A-Za-z0-9_.%-]*=/) && RSTART < e) e = RSTART
  t = substr(t, 1, e - 1)
  if (match(t, /[,;]$/)) e--
  return e
}

# ---- flags whose value stands alone ----------------------------------------------------------------------------

# The line is nothing but a flag (an element of args): remember it for the next line.
function noteFlag(s,   f) {
  flagBefore = ""
  if (s !~ /^[ \t]*(- )?["\047]?--?[A-Za-z][A-Za-z0-9_.-]*["\047]?,?[ \t]*$/) return
  f = s; gsub(/[ \t"\047,]/, "", f); sub(/^-+/, "", f)
  flagBefore = sensitive(f)
}

function afterFlag(s,   head, v, tail, kind) {
  kind = flagBefore; flagBefore = ""
  match(s, /^[ \t]*(- )?["\047]?/)
  head = substr(s, 1, RLENGTH); v = substr(s, RLENGTH + 1)
  if (match(v, /["\047]?,?[ \t]*$/)) { tail = substr(v, RSTART); v = substr(v, 1, RSTART - 1) } else tail = ""
  if (v ~ /^--?[A-Za-z]/ || v ~ /^[]}]/ || harmless(v, kind, 1, "=")) return ""
  return head mark(kind == "weak" ? "key" : kind, v) tail
}

# -p, -u user:… of well-known commands
function shortFlags(s) {
  if (s ~ /mysql|mariadb/) s = flag(s, "[ \t\"\047]-p[^ \t\"\047\\\\]+", 3, "password")
  if (s ~ /sshpass|docker|podman|nerdctl|skopeo|buildah|crane|helm|login|mongo|ldap|htpasswd/)
    s = flag(s, "[ \t\"\047]-(p|w)[ \t]+[^ \t\"\047\\\\]+", 0, "password")
  if (s ~ /sqlcmd/) s = flag(s, "[ \t\"\047]-P[ \t]*[^ \t\"\047\\\\]+", 3, "password")
  if (s ~ /redis-cli/) s = flag(s, "[ \t\"\047]-a[ \t]+[^ \t\"\047\\\\]+", 0, "password")
  if (s ~ /curl|ctr|wget|smbclient|rabbitmq/)
    s = flag(s, "[ \t\"\047](-[uU]|--user)[ \t=]+[\"\047\\\\]*[^ \t\"\047\\\\:]+:[^ \t\"\047\\\\]+", -1, "password")
  return s
}

# offset > 0: the value starts after so many characters; 0: after the last blank; -1: after the first colon.
function flag(s, re, offset, kind,   done, t, i) {
  done = ""
  while (match(s, re)) {
    t = substr(s, RSTART, RLENGTH)
    done = done substr(s, 1, RSTART - 1); s = substr(s, RSTART + RLENGTH)
    if (offset > 0) i = offset
    else if (offset < 0) i = index(t, ":")
    else i = match(t, /[^ \t]*$/) - 1
    if (i < 1 || substr(t, i + 1) ~ /^(\[REDACTED|\$|([0-9.]+:)?[0-9]+(:[0-9]+)?$)/) { done = done t; continue }
    done = done substr(t, 1, i) mark(kind, substr(t, i + 1))
  }
  return done s
}

# ---- private keys over many lines ------------------------------------------------------------------------------

# Returns 1 when the line belongs to a private key, or is held back because it may.
function pem(s,   t, stamp) {
  if (inKey) {
    t = s; sub(/^[0-9T:.Z+-]+ /, "", t)
    if (t ~ /-----END/) { inKey = 0; return 1 }
    if (++keyLines < pemLimit && (t ~ /^[ \t]*[A-Za-z0-9+\/=]*[ \t]*$/ || t ~ /^[ \t]*(Proc-Type|DEK-Info|Comment|Version|Hash|Charset):/)) return 1
    inKey = 0
    return 0
  }
  if (index(s, "-----BEGIN") && s ~ /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/ && s !~ /-----END/ && s !~ /\\n/) {
    flushPem(0)
    inKey = 1; keyLines = 0
    match(s, /-----BEGIN/)
    out(substr(s, 1, RSTART - 1) mark("private-key", NR))
    return 1
  }
  if (index(s, "-----BEGIN")) inCertificate = 1
  if (index(s, "-----END")) {
    if (s ~ /PRIVATE KEY/ && s !~ /-----BEGIN/) { if (runs) dropRun(); else redactions++; inCertificate = 0; return 1 }
    flushPem(0); inCertificate = 0
    return 0
  }
  if (!inCertificate && bareBase64(s)) { run[++runs] = s; return 1 }
  flushPem(0)
  return 0
}

# A line that is nothing but 40 or more characters of base64 (and no plain hexadecimal or lower-case name).
function bareBase64(s,   t) {
  if (length(s) < 40 || length(s) > 200) return 0
  t = s; sub(/^[0-9-]+T[0-9:.]+(Z|[+-][0-9:]+) /, "", t); gsub(/^[ \t]+|[ \t]+$/, "", t)
  return length(t) >= 40 && t ~ /^[A-Za-z0-9+\/]+=?=?$/ && t ~ /[A-Z]/ && t ~ /[a-z]/
}

function dropRun() { out(mark("private-key", run[1])); runs = 0 }

# Two and more such lines without BEGIN and END are what is left of a key: they go too.
function flushPem(atEnd,   i, n) {
  if (!runs) return
  n = runs; runs = 0
  if (n > 1) { out(mark("private-key", run[1])); return }
  for (i = 1; i <= n; i++) out(scan(run[i]))
}

# ---- JSON structure --------------------------------------------------------------------------------------------

# Drops managedFields and CRD schemas; follows annotations. Returns 1 when the line is dropped.
function trimmed(s,   d) {
  if (skipIndent >= 0) {
    if (indent(s) == skipIndent && s ~ /^[ \t]*[]}]/) skipIndent = -1
    return 1
  }
  if (s ~ /^[ \t]*"(managedFields|schema|openAPIV3Schema)": [[{]$/) { skipIndent = indent(s); dropped = 1; return 1 }
  if (s ~ /^[ \t]*"managedFields": (\[\]|null),?$/) { dropped = 1; return 1 }
  return 0
}

# Follows the blocks whose values are secret as a whole: data of a Secret, known or not by the time it comes.
function heldBack(s,   d, t) {
  if (annotationIndent >= 0 && indent(s) <= annotationIndent) annotationIndent = -1
  if (s ~ /^[ \t]*"?annotations"?: *[{]?$/) annotationIndent = indent(s)
  if (dataIndent >= 0) {
    d = indent(s)
    if (!dataClosed) {
      if (s !~ /^[ \t]*$/ && (d < dataIndent || (d == dataIndent && !(s ~ /^[ \t]*[}]/)))) dataClosed = 1
      else { buffer[++buffered] = s; if (d == dataIndent && s ~ /^[ \t]*[}]/) dataClosed = 1; if (buffered > 5000) flushData("unknown"); return 1 }
    }
    if (d == dataIndent && s ~ /^[ \t]*"?kind"?: /) { flushData(s ~ /Secret/ ? "Secret" : "other"); noteKind(s); return 0 }
    if (d == dataIndent && s ~ /^[ \t]*"?(apiVersion|immutable|binaryData|stringData|type|metadata)"?:/ && buffered < 5000 && awaited++ < 400) { if (s ~ /"?type"?:/) dataType = 1; buffer[++buffered] = s; return 1 }
    if (d > dataIndent && awaited++ < 400) { buffer[++buffered] = s; return 1 }
    flushData(dataType ? "Secret" : "unknown")
  }
  if (s ~ /^[ \t]*("kind": "|kind: )/) noteKind(s)
  if (s ~ /^(---|[{]$)/) { kindKnown = listKind = ""; kindIndent = -1 }
  if (s ~ /^[ \t]*("(data|stringData)": [{]|(data|stringData):)$/) {
    if (listKind == "Secret" || (kindKnown == "Secret" && kindIndent == indent(s))) { secretIndent = indent(s); inSecret = 1; out(s); return 1 }
    if (kindKnown != "" && kindIndent == indent(s)) return 0
    if (listKind != "") return 0
    dataIndent = indent(s); dataClosed = 0; dataType = 0; awaited = 0; buffered = 0
    buffer[++buffered] = s
    return 1
  }
  if (inSecret) {
    if (s !~ /^[ \t]*$/ && indent(s) <= secretIndent) inSecret = 0
    else { out(blanked(s)); return 1 }
  }
  return 0
}

function noteKind(s,   k) {
  k = s; gsub(/^[ \t]*"?kind"?: *"?|"?,?[ \t]*$/, "", k)
  if (k ~ /List$/ && k != "List") { listKind = k; sub(/List$/, "", listKind); return }
  kindKnown = k; kindIndent = indent(s)
}

function flushData(kind,   i, n, closedAt) {
  if (dataIndent < 0) return
  n = buffered; closedAt = 0; i = dataIndent
  dataIndent = -1; buffered = 0
  for (d0 = 1; d0 <= n; d0++) {
    if (kind == "Secret" && !closedAt && d0 > 1) {
      if (buffer[d0] !~ /^[ \t]*$/ && indent(buffer[d0]) <= i) closedAt = d0
      else { out(blanked(buffer[d0])); continue }
    }
    line(buffer[d0])
  }
}

# A member of the data of a Secret: the key stays, the value goes.
function blanked(s,   c, v) {
  if (match(s, /^[ \t]*"[^"]*": "/) || match(s, /^[ \t]*[A-Za-z0-9._-]+: /)) {
    c = substr(s, 1, RLENGTH); v = substr(s, RLENGTH + 1)
    if (match(v, /",?$/)) return c mark("secret", substr(v, 1, RSTART - 1)) substr(v, RSTART)
    return c mark("secret", v)
  }
  if (s ~ /^[ \t]*[]}],?$/ || s ~ /^[ \t]*$/) return s
  if (s ~ /^[ \t]*[A-Za-z0-9._-]+:[ \t]*[|>]?[+-]?$/) return s
  return substr(s, 1, indent(s)) mark("secret", s)
}
'
# ---- end of the redactor ---------------------------------------------------------------------------------------

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

# ---- kubectl ---------------------------------------------------------------------------------------------------

find_kubectl() {
  for candidate in "${KUBECTL:-}" kubectl /var/lib/rancher/rke2/bin/kubectl 'k3s kubectl' /usr/local/bin/k3s\ kubectl oc 'microk8s kubectl'; do
    if [ -n "$candidate" ] && have "${candidate%% *}"; then kubectl=$candidate; break; fi
  done
  kubectl=${KUBECTL:-${kubectl:-kubectl}}
  [ -n "${KUBECONFIG:-}" ] || [ -r "${HOME:-/nonexistent}/.kube/config" ] && return
  for file in /etc/rancher/rke2/rke2.yaml /etc/rancher/k3s/k3s.yaml /etc/kubernetes/admin.conf; do
    if [ -r "$file" ]; then KUBECONFIG=$file; export KUBECONFIG; return; fi
  done
}

# The name of the context, from the first file: kubectl itself would write its cache before we have a folder for it.
current_context() {
  if [ -n "$context" ]; then printf '%s\n' "$context"
  else sed -n 's/.*"\{0,1\}current-context"\{0,1\}: *"\{0,1\}\([^",}]*\).*/\1/p' "${KUBECONFIG:-${HOME:-}/.kube/config}" 2>/dev/null | head -n 1; fi
}

# What `take` calls. No timeout flags: they do not bound a command, and in a pod they make kubectl forget where it is.
run() {
  # kubectl passes these answers on as a stream, and collecting its garbage is a fifth of the time that it takes
  [ "$1" != get ] || export GOGC=400
  # shellcheck disable=SC2086  # KUBECTL may be two words, and setsid may be missing
  exec $session $kubectl ${context:+"--context=$context"} --cache-dir="$work/cache" "$@"
}

# ---- jobs ------------------------------------------------------------------------------------------------------

# A job is a line: id, type, path in the bundle, arguments. Nothing in it has blanks.
run_job() {
  job_id=$1 job_type=$2 job_path=$3
  shift 3
  case $job_type in
    list) take_list "$@" ;;
    log) take_log "$@" ;;
    describe) take "$job_id" "$job_path" text 60 describe "$@" ;;
    *) take "$job_id" "$job_path" "$job_type" 30 "$@" ;;
  esac
}

# The row of a job that was not tried, because the run had to stop or the API does not answer.
skip_job() {
  job_id=$1 job_type=$2 job_path=$3
  case $2 in
    list) shift 5; command="get --raw $1" job_path=$job_path.json ;;
    log) command="get --raw $4" ;;
    *) shift 3; command="$*" ;;
  esac
  [ "$job_type" != describe ] || command="describe $command"
  # thousands may be skipped, so nothing here starts a program more than once
  if [ -z "$skipped_as" ]; then
    clock
    case $(cat "$work/stop" 2>/dev/null) in
      size | disk | interrupted) skipped_as='cut' ;;
      *) skipped_as=timeout ;;
    esac
  fi
  ledger_row "$job_id" - "kubectl $command" "$utc" - - 0 - 0 0 "$skipped_as" "$job_path"
}

# A list, page by page: pods.json, pods.2.json … from the first of the paths that this server has.
take_list() { # objects a page, namespace or -, API paths
  limit=$1 namespace=$2
  shift 2
  part=0 class=absent
  for api in "$@"; do
    if served "$api"; then
      [ "$namespace" = - ] || api=${api%/*}/namespaces/$namespace/${api##*/}
      take_pages
      [ "$class" = absent ] || return
    fi
  done
  [ "$part" -gt 0 ] || { clock; ledger_row "$job_id" - "kubectl get --raw $1" "$utc" - - 0 - 0 0 absent "$job_path.json"; }
}

take_pages() {
  page=1 token=''
  while :; do
    suffix=''
    [ "$page" -eq 1 ] || suffix=.$page
    take_page "$limit" "$job_path$suffix.json"
    case $class$take_error in error*'(InternalError)'* | error*'(ServiceUnavailable)'* | error*unavailable* | error*'nternal error'*)
      sleep 2
      take_page "$limit" "$job_path$suffix.json"
      ;;
    esac
    if [ "$class" != ok ]; then
      # the list changed too much while it was read: once more in one piece, when that is not large
      case $page$take_error in
        1*) ;;
        *'(Expired)'* | *'too old'* | *'Gone'*) [ "${remaining:-9999}" -gt 1000 ] || take_whole ;;
      esac
      return
    fi
    read_page "$tree/$job_path$suffix.json"
    [ -n "$token" ] || return
    stopped && return
    page=$((page + 1))
  done
}

take_page() { # limit, path
  part=$((part + 1)) row_id=$job_id
  [ "$part" -eq 1 ] || row_id=$job_id.$(printf %03d "$part")
  take "$row_id" "$2" json 30 get --raw "$api?limit=$1&pretty=true${token:+&continue=$token}"
}

take_whole() {
  token=''
  take_page 0 "$job_path.json"
  [ "$class" = ok ] && while [ "$page" -gt 2 ]; do page=$((page - 1)); rm -f "$tree/$job_path.$page.json"; done
}

# Sets token and remaining from the head of a page.
read_page() {
  token='' remaining=''
  while read -r key value _; do
    case $key in
      '"continue":') token=${value#\"} token=${token%%\"*} ;;
      '"remainingItemCount":') remaining=${value%,} ;;
      '"items":') break ;;
    esac
  done <"$1"
  case $token in *[!A-Za-z0-9._=%+/-]*) token='' ;; esac
}

# False when the server does not have this API group in this version, by its own list.
served() {
  case $1 in /apis/*) ;; *) return 0 ;; esac
  [ -n "$groups" ] || return 0
  group=${1#/apis/}
  case " $groups " in *" ${group%/*} "*) ;; *) return 1 ;; esac
}

# A log; when the kubelet of a node does not answer, the other logs of that node are left out.
take_log() { # API path, node
  if [ -e "$work/silent" ] && grep -q "^$2\$" "$work/silent"; then
    clock
    ledger_row "$job_id" - "kubectl get --raw $1" "$utc" - - 0 - 0 0 timeout "$job_path"
    return
  fi
  take "$job_id" "$job_path" log 30 get --raw "$1"
  case $class$take_error in
    timeout* | error*10250* | error*kubelet*) echo "$2" >>"$work/silent" ;;
  esac
}

# Counts commands in a row that got no answer, a line each, as the workers count together: the API that fails three
# times is left alone for this section.
watch_health() {
  case $class$take_error in
    *'Error from server'*) answered ;;
    timeout* | error*refused* | error*'no route'* | error*'nable to connect'* | error*'TLS handshake'*) echo >>"$work/failures" ;;
    *) answered ;;
  esac
  case $take_error in *'(TooManyRequests)'* | *'oo many requests'*) sleep 2 ;; esac
}

answered() { [ ! -s "$work/failures" ] || true >"$work/failures"; }

# A command that is not part of the bundle, under the same watchdog.
watched() { # seconds, arguments
  watched_limit=$1
  shift
  clear_slot
  {
    run "$@" </dev/null &
    echo "$! $watched_limit" >"$slot.run"
    wait $!
    echo $? >"$slot.code"
    true >"$slot.run"
  } 2>/dev/null
}

unwell() {
  [ -e "$work/open" ] && return 0
  failures=0
  [ ! -s "$work/failures" ] || while read -r _; do failures=$((failures + 1)); done <"$work/failures"
  [ "$failures" -ge 3 ] || return 1
  watched 5 get --raw /version >/dev/null
  [ -f "$slot.code" ] && read -r take_code <"$slot.code" && [ "$take_code" -eq 0 ] && { answered; return 1; }
  true >"$work/open"
}

# ---- sections of a run -----------------------------------------------------------------------------------------

# The jobs come from a file and not through a pipe: in a pipe this shell could not act on a signal before the end.
section() { # title
  rm -f "$work/open"
  pool "$1" "$work/jobs"
}

plan_objects() {
  id=10
  printf '%s' "$KINDS" | while read -r file scope page_size paths; do
    [ -n "$file" ] || continue
    case $scope in
      leases) places='kube-node-lease kube-system' ;;
      cluster) places=- ;;
      *) places=${namespaces:--} ;;
    esac
    for place in $places; do
      id=$((id + 1))
      if [ "$place" = - ]; then echo "$id list objects/$file $page_size - $paths"
      else echo "$id list objects/$place/$file $page_size $place $paths"; fi
    done
  done
}

# Kinds that may not be listed in the whole cluster are asked for namespace by namespace.
plan_namespaces() {
  [ -z "$namespaces" ] || return 0
  grep -qs 'Unauthorized\|logged in' "$tree"/objects/*.err && return 0
  grep "${TAB}forbidden${TAB}" "$work/ledger" | cut -f 3 | sed -n 's/.*--raw \([^?]*\).*/\1/p' | sort -u >"$work/refused"
  [ -s "$work/refused" ] || return 0
  # shellcheck disable=SC2016  # the dollar signs are those of awk
  known=$(awk "$NAMES" "$tree"/objects/namespaces*.json 2>/dev/null | head -n 200)
  id=200
  printf '%s' "$KINDS" | while read -r file scope page_size paths; do
    [ "$scope" = namespaced ] || continue
    for api in $paths; do
      grep -qx "$api" "$work/refused" || continue
      for place in ${known:-default}; do
        odd_name "$place" && continue
        id=$((id + 1))
        echo "$id list objects/$place/$file $page_size $place $api"
      done
      break
    done
  done
}

plan_texts() {
  echo '3 text health/readyz.txt get --raw /readyz?verbose=true'
  echo '4 text top/nodes.txt top nodes'
  if [ -z "$namespaces" ]; then echo '5 text top/pods.txt top pods --all-namespaces --containers'; fi
  id=50
  for place in $namespaces; do
    id=$((id + 1))
    echo "$id text top/$place/pods.txt top pods --namespace $place --containers"
  done
  # shellcheck disable=SC2016  # the dollar signs are those of awk
  nodes=$(awk "$NAMES" "$tree"/objects/nodes*.json 2>/dev/null | head -n 50 | while read -r node; do odd_name "$node" || printf '%s ' "$node"; done)
  # describing a node would list the pods of every namespace
  [ -n "$namespaces" ] || echo "6 describe describe/nodes.txt nodes $nodes"
  plan_describe
}

# describe for up to 100 pods that are not well, twenty a command.
plan_describe() {
  id=10000 last='' part=1
  # shellcheck disable=SC2016  # the dollar signs are those of awk
  grep '^pod ' "$work/plan" | head -n 100 | sort -k 2,2 -k 3,3 | while read -r _ place pod; do
    odd_name "$place" || odd_name "$pod" || echo "$place $pod"
  done | awk '
    $1 != ns || n == 20 { if (ns != "") print ns, names; ns = $1; names = ""; n = 0 }
    { names = names " " $2; n++ }
    END { if (ns != "") print ns, names }' | while read -r place names; do
    id=$((id + 1)) suffix=''
    if [ "$place" = "$last" ]; then part=$((part + 1)) suffix=.$part; else part=1 last=$place; fi
    echo "$id describe describe/$place/pods$suffix.txt pods --namespace $place $names"
  done
}

plan_logs() {
  id=20000
  query="timestamps=true&tailLines=$log_lines&limitBytes=$stream_bytes${since:+&sinceSeconds=$since}"
  grep '^log ' "$work/plan" | sort -k 2,2n -k 3,3n | while read -r _ _ _ place pod container which node; do
    id=$((id + 1))
    if odd_name "$place" || odd_name "$pod" || odd_name "$container" || odd_name "$node"; then continue; fi
    file=logs/$place/$pod/$container suffix=''
    [ ${#pod} -le 180 ] || file=logs/$place/$(short "$pod")/$container
    [ "$which" = current ] || { file=$file.previous suffix='&previous=true'; }
    echo "$id log $file.log /api/v1/namespaces/$place/pods/$pod/log?container=$container&$query$suffix $node"
  done
}

# Cuts a path component and marks it with a checksum; the ledger has the true name in the command.
short() { echo "$(printf '%s' "$1" | cut -c1-160)~$(printf '%s' "$1" | cksum | cut -d' ' -f1)"; }

collect() {
  echo '1 json health/version.json get --raw /version?pretty=true' >"$work/jobs"
  section 'asking for the version'
  server=$(sed -n 's/^ *"gitVersion": "\([^"]*\)".*/\1/p' "$tree/health/version.json" 2>/dev/null)
  if [ -z "$server" ] && ! grep -q "${TAB}forbidden${TAB}" "$work/ledger"; then
    reachable=no
    return
  fi
  echo '2 json health/apis.json get --raw /apis?pretty=true' >"$work/jobs"
  section 'asking for API groups'
  groups=$(sed -n 's/^ *"groupVersion": "\([^"]*\)".*/\1/p' "$tree/health/apis.json" 2>/dev/null | tr '\n' ' ')
  plan_objects >"$work/jobs"
  section objects
  plan_namespaces >"$work/jobs"
  section 'objects by namespace'
  # the pods decide what is described, and whose logs come first
  find "$tree/objects" -name 'pods*.json' 2>/dev/null | sort >"$work/pods"
  while read -r file; do awk "$PLAN" "$file"; done <"$work/pods" >"$work/plan"
  plan_texts >"$work/jobs"
  section 'metrics and descriptions'
  plan_logs >"$work/jobs"
  section logs
}

# What can be told without the redactor: tables of names and states, no messages, no logs.
collect_metadata() {
  id=0
  for kind in nodes pods deployments statefulsets daemonsets jobs services persistentvolumeclaims; do
    id=$((id + 1))
    case $kind in nodes) where='' ;; *) where=--all-namespaces ;; esac
    echo "$id plain tables/$kind.txt get $kind $where --output wide"
  done >"$work/jobs"
  section 'names and states only'
}

# ---- rights ----------------------------------------------------------------------------------------------------

# API paths in, the rules of a ClusterRole out.
rights() {
  # shellcheck disable=SC2016  # the dollar signs are those of awk
  awk '
    { sub(/[?].*/, ""); sub(/\/namespaces\/[^\/]+\/pods\/[^\/]+\/log$/, "/pods/log"); sub(/\/namespaces\/[^\/]+\//, "/") }
    /^\/api\/v1\// { r = substr($0, 9); g = "" }
    /^\/apis\// { split($0, p, "/"); g = p[3]; r = p[5] }
    !/^\/apis?\// || /^\/apis$/ { if (!(("url " $0) in seen)) { seen["url " $0]; urls = urls (urls == "" ? "" : ", ") "\"" $0 "\"" }; next }
    r != "" && !((g " " r) in seen) { seen[g " " r]; if (!(g in rules)) order[++n] = g; rules[g] = rules[g] (rules[g] == "" ? "" : ", ") r }
    END {
      for (i = 1; i <= n; i++) printf "- {apiGroups: [\"%s\"], resources: [%s], verbs: [get, list]}\n", order[i], rules[order[i]]
      if (urls != "") printf "- {nonResourceURLs: [%s], verbs: [get]}\n", urls
    }'
}

all_paths() {
  printf '%s\n' /version /apis /readyz
  printf '%s' "$KINDS" | while read -r _ _ _ path _; do [ -z "$path" ] || echo "$path"; done
  printf '%s\n' /api/v1/pods/log /apis/metrics.k8s.io/v1beta1/nodes /apis/metrics.k8s.io/v1beta1/pods
}

dry_run() {
  echo "Commands ($kubectl; each is a read, answers go through the redactor):"
  query="timestamps=true&tailLines=$log_lines&limitBytes=$stream_bytes${since:+&sinceSeconds=$since}"
  {
    echo 'get --raw /version?pretty=true'
    echo 'get --raw /apis?pretty=true'
    plan_objects | while read -r _ _ _ page_size place path rest; do
      [ "$place" = - ] || path=${path%/*}/namespaces/$place/${path##*/}
      echo "get --raw $path?limit=$page_size&pretty=true${rest:+    # or, on older servers: $rest}"
    done
    echo 'get --raw /readyz?verbose=true'
    echo 'top nodes'
    echo 'top pods --all-namespaces --containers'
    echo 'describe nodes NAME…    # up to 50'
    echo 'describe pods --namespace NAMESPACE NAME…    # up to 100 pods that are not well'
    echo "get --raw /api/v1/namespaces/NAMESPACE/pods/POD/log?container=CONTAINER&$query    # containers that have run; also &previous=true"
  } | sed 's/^/  kubectl /'
  echo
  echo "Rights, as rules of a ClusterRole (rbac.yaml has them all):"
  all_paths | rights | sed 's/^/  /'
}

check_access() {
  all_paths | while read -r path; do
    case $path in
      /api/v1/pods/log) what='get pods/log --all-namespaces' ;;
      /api/v1/*) what="list ${path##*/} --all-namespaces" ;;
      /apis/?*) group=${path#/apis/}; what="list ${path##*/}.${group%%/*} --all-namespaces" ;;
      *) what="get $path" ;;
    esac
    # shellcheck disable=SC2086  # words are wanted
    answer=$($kubectl ${context:+"--context=$context"} auth can-i $what </dev/null 2>/dev/null)
    printf '%-4s %s\n' "${answer:-?}" "${what% --all-namespaces}"
  done
}

# ---- the end ---------------------------------------------------------------------------------------------------

write_about() {
  {
    echo layout=1
    echo "collector=$VERSION"
    echo "time=$started"
    echo "kubectl=$client"
    echo "server=$server"
    echo "options=${options# }"
    echo "redaction=$safe"
  } >"$tree/about.txt"
}

rows_of() { cut -f 11 "$work/ledger" 2>/dev/null | grep -c "^$1\$"; }

decide_status() {
  [ "$status" -eq 0 ] || return
  if [ "$reachable" = no ]; then status=3
  elif ! cut -f 2 "$work/ledger" | grep -q '^\(objects\|logs\|tables\)/' && grep -qs 'Unauthorized\|logged in\|EOF' "$tree"/objects/*.err "$tree"/health/*.err; then status=3
  elif cut -f 11 "$work/ledger" | grep -q '^\(forbidden\|timeout\|cut\|error\)$' || [ "$safe" = no ] || stopped; then status=2
  fi
}

summary() {
  [ -t 2 ] && say ''
  say "$program: $(rows_of ok) answers kept, $(rows_of absent) not there, $(rows_of forbidden) forbidden, $(rows_of timeout) timed out, $(rows_of 'cut') cut, $(rows_of error) failed"
  [ "$safe" = yes ] || say "$program: the redactor failed its self-test with this awk, so only names and states were collected"
  if stopped; then say "$program: stopped early ($(cat "$work/stop")); what had not been asked for is in the ledger"; fi
  if [ "$status" -eq 3 ]; then
    say "$program: no access to the cluster: $(cat "$tree"/health/version.json.err "$tree"/objects/*.err 2>/dev/null | sed -n '/./{p;q;}')"
    say "$program: where the API server itself is down, run node.sh as root on each server and give those archives, too"
  fi
  if [ "$(rows_of forbidden)" -gt 0 ] && [ "$status" -eq 2 ]; then
    say "$program: these rules of a ClusterRole are missing:"
    grep "${TAB}forbidden${TAB}" "$work/ledger" | cut -f 3 | sed -n 's/.*--raw \([^ ]*\).*/\1/p; s,kubectl top \([a-z]*\).*,/apis/metrics.k8s.io/v1beta1/\1,p' | rights | sed 's/^/  /' >&2
  fi
}

finish() {
  rm -rf "$work/reserve"
  end_commands KILL
  kill -KILL "$supervisor" 2>/dev/null
  wait "$supervisor" 2>/dev/null
  decide_status
  write_about
  summary
  write_ledger
  if pack; then
    write_checksum
    say "$program: the bundle is $bundle ($(($(wc -c <"$bundle") / 1024)) KiB); give it to \`casefile analyze\`"
    echo "$bundle"
  fi
  [ -z "$staging" ] || rm -rf "$staging"
  exit "$status"
}

main() {
  action=collect namespaces='' since='' log_lines=2000 out=. max_kib=524288 deadline=600 jobs=4 context='' options=''
  server='' groups='' reachable=yes kubectl=kubectl skipped_as='' KUBERC=off
  export KUBERC
  settle
  shown=kubectl
  read_options "$@"
  make_key
  if [ "$action" = redact ]; then
    self_test || refuse 'the redactor failed its self-test with this awk'
    tr -d '\000' | cut -b1-1048576 | redact text ''
    exit
  fi
  find_kubectl
  case $action in
    dry-run) dry_run; exit 0 ;;
    check-access) check_access; exit 0 ;;
  esac
  try_seal
  self_test || safe=no
  out=$(cd "$out" 2>/dev/null && pwd) || refuse "--out: there is no such folder"
  clock
  started=$utc
  cluster=$(current_context | tr -c 'A-Za-z0-9\n' - | tr -s - | cut -c1-60)
  cluster=${cluster%-}
  have "${kubectl%% *}" || say "$program: $kubectl was not found; name it with KUBECTL=, such as KUBECTL='k3s kubectl'"
  make_staging "casefile-${cluster:-cluster}-$(printf '%s' "$utc" | tr -d ':-')"
  watch_signals
  slot=$work/slot0
  client=$(watched 10 version --client --output json | sed -n 's/^ *"gitVersion": "\([^"]*\)".*/\1/p' | head -n 1)
  true >"$work/ledger"
  if [ "$safe" = yes ]; then collect; else collect_metadata; fi
  finish
}

main "$@"
