-- For wrk: sends ready-made requests out of a file, so that making them costs the load generator nothing while it runs.
--
--   wrk -t1 -c32 -d4s -s http.lua URL -- FILE cycle|once
--
-- FILE holds the requests one behind the other, each after its length in eight digits. "once" stops at the end of the file, since a form
-- that is sent twice is taken once. The last line of the output is JSON.

local requests, count, at, once = {}, 0, 0, false
exhausted = false

local threads = {}
function setup(thread) threads[#threads + 1] = thread end

function init(args)
    local file = assert(io.open(args[1], "rb"))
    local size = file:read(8)
    while size do
        count = count + 1
        requests[count] = file:read(tonumber(size))
        size = file:read(8)
    end
    file:close()
    once = args[2] == "once"
end

function request()
    at = at + 1
    if at > count then
        at = 1
        if once then
            exhausted = true
            wrk.thread:stop()
        end
    end
    return requests[at]
end

function done(summary, latency)
    local errors = summary.errors
    local all_sent = false
    for _, thread in ipairs(threads) do all_sent = all_sent or thread:get("exhausted") end
    io.write(string.format(
        '{"requests":%d,"seconds":%.6f,"bytes":%d,"p50_ms":%.3f,"p99_ms":%.3f,"refused":%d,"broken":%d,"exhausted":%s}\n',
        summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout, all_sent and "true" or "false"))
end
