-- wrk: a signed-in page. Arguments: the session's cookie, and a file with one
-- path a line that are asked for in turn.
local requests, at = {}, 0

function init(args)
	local headers = { ["Cookie"] = "dienstweg=" .. args[1] }
	for path in io.lines(args[2]) do
		requests[#requests + 1] = wrk.format("GET", path, headers)
	end
end

function request()
	at = at % #requests + 1
	return requests[at]
end

function done(summary)
	io.write(string.format("answered %d refused %d lost %d\n",
		summary.requests, summary.errors.status,
		summary.errors.connect + summary.errors.read +
		summary.errors.write + summary.errors.timeout))
end
