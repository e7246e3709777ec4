#!/usr/bin/env bash
# GraphQL by hand: sign in, ask by POST and by GET, page, narrow, refresh, listen.
set -euo pipefail
cd "$(dirname "$0")"
SERVER=${SERVER:-http://127.0.0.1:8080/graphql}

# has WHAT TEXT: one check.
has() {
    grep --quiet -- "$1" <<< "$2" || { printf 'FAILS    no %s in %s\n' "$1" "${2:0:300}"; exit 1; }
    printf 'ok       %s\n' "$1"
}

person=$(node -p "JSON.stringify(JSON.parse(require('fs').readFileSync('$SIGN_INS')).find(({persona}) => persona === 'clerk'))")
email=$(jq -r .email <<< "$person")
password=$(jq -r .password <<< "$person")

# --- sign in
session=$(jq -n --rawfile query documents/sign_in.graphql --arg email "$email" --arg password "$password" \
        '{query: $query, variables: {input: {email: $email, password: $password}}}' |
    curl -sS "$SERVER" -H 'Content-Type: application/json' -d @-)
token=$(jq -r .data.session.accessToken <<< "$session")
refresh=$(jq -r .data.session.refreshToken <<< "$session")
# --- end
has 'accessToken' "$session"

# --- ask
answer=$(curl -sS "$SERVER" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -H 'Accept: application/graphql-response+json' \
    -d '{"query": "{ bills(first: 2) { nodes { number } pageInfo { endCursor } } }"}')
# --- end
has '"number"' "$answer"

# --- next page
cursor=$(jq -r .data.bills.pageInfo.endCursor <<< "$answer")
page=$(jq -n --rawfile query documents/bills.graphql --arg after "$cursor" \
        '{query: $query, variables: {first: 2, after: $after}}' |
    curl -sS "$SERVER" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d @-)
# --- end
has '"hasNextPage"' "$page"

# --- by get
viewer=$(curl -sS --get "$SERVER" -H "Authorization: Bearer $token" -H 'Accept: application/graphql-response+json' \
    --data-urlencode 'query={ viewer { email role } }')
# --- end
has '"role":"SALES"' "$viewer"

# --- narrow
refused=$(curl -sS "$SERVER" -H "Authorization: Bearer $token" -H 'X-Forecourt-Branch: BR02' \
    -H 'Content-Type: application/json' -d '{"query": "{ viewer { name } }"}')
# --- end
has 'SCOPE_MISMATCH' "$refused"

# --- refresh
session=$(jq -n --rawfile query documents/refresh_session.graphql --arg token "$refresh" \
        '{query: $query, variables: {input: {refreshToken: $token}}}' |
    curl -sS "$SERVER" -H 'Content-Type: application/json' -d @-)
# --- end
has 'refreshToken' "$session"

heard=$(mktemp)
trap 'rm -f "$heard"' EXIT
# --- listen
curl -sSN --max-time 3 "$SERVER" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -H 'Accept: text/event-stream' -d '{"query": "subscription { billChanged { bill { number } } }"}' > "$heard" &
# --- end
listener=$!
bill=$(curl -sS "$SERVER" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d '{"query": "{ bills(first: 1, filter: {status: [PENDING]}) { nodes { id } } }"}' | jq -r '.data.bills.nodes[0].id')
for n in 1 2 3 4; do
    jq -n --rawfile query documents/take_payment.graphql --arg bill "$bill" --arg key "curl-$n-$(date +%s%N)" \
            '{query: $query, variables: {input: {bill: $bill, amountMinor: 1, method: "CASH", idempotencyKey: $key}}}' |
        curl -sS "$SERVER" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d @- > /dev/null
    sleep 0.5
done
wait "$listener" || true # curl ends by its time limit
has 'event: next' "$(cat "$heard")"
