-- The same sliding window as InProcessRateLimitStore, in microseconds: "start current previous" under one key.
-- KEYS[1] the count; ARGV: the time, or nothing for the server's own; the window; the limit; 1 to take, 0 to look.
-- Returns whether it is allowed, what remains, when the window ends, and when to come back.
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000000 + time[2]
end
local window, limit, takes = tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4] == '1'

local start = now - now % window
local current, previous = 0, 0
local from, counted, before = string.match(redis.call('GET', KEYS[1]) or '', '^(%d+) (%d+) (%d+)$')
if from and tonumber(from) == start then
  current, previous = tonumber(counted), tonumber(before)
elseif from and start - tonumber(from) == window then
  previous = tonumber(counted)
end

local used = previous * (1 - (now - start) / window) + current
local allowed = used + 1 <= limit
local wait = 0
if takes and allowed then
  current = current + 1
  used = used + 1
  redis.call('SET', KEYS[1], string.format('%.0f %d %d', start, current, previous), 'PX', math.ceil(2 * window / 1000))
elseif takes then
  -- When enough of the past has slid out for one more: in this window, or, where this one is full by itself, in the next.
  local first, past, rest = start, previous, current
  if current + 1 > limit then
    first, past, rest = start + window, current, 0
  end
  local share = 0
  if past > 0 then share = 1 - (limit - 1 - rest) / past end
  wait = math.max(100000, first + math.ceil(share * window) - now)
end
return { allowed and 1 or 0, math.max(0, math.floor(limit - used)), start + window - now, wait }
