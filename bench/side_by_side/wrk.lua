-- Sends the requests of the file REQUESTS, a line each: token, tab, body. In turn and again from the start; with ONCE
-- each once, from line ONCE on, until none is left. Prints one line of JSON at the end.
local requests, sent = {}, 0
local once = tonumber(os.getenv("ONCE"))

function init()
  local headers = { ["Host"] = "127.0.0.1", ["Content-Type"] = "application/json" }
  local at = 0
  for line in io.lines(os.getenv("REQUESTS")) do
    at = at + 1
    if not once or at >= once then
      local token, body = line:match("^([^\t]*)\t(.*)$")
      headers["Authorization"] = "Bearer " .. token
      requests[#requests + 1] = wrk.format("POST", "/graphql", headers, body)
    end
  end
end

function request()
  sent = sent + 1
  if once and sent >= #requests then wrk.thread:stop() end
  return requests[(sent - 1) % #requests + 1]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\nRESULT {"requests":%d,"microseconds":%d,"bytes":%d,"errors":%d,"p50":%.0f,"p99":%.0f}\n',
    summary.requests, summary.duration, summary.bytes,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
