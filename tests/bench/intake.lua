-- wrk: tickets over the API. Arguments: bearer token, how many customers there
-- are. Each request is about another customer; every twentieth has no contract
-- any more and is left out, since its ticket would be refused.
local requests, at = {}, 0

function init(args)
	local token, rows = args[1], tonumber(args[2])
	local headers = {
		["Authorization"] = "Bearer " .. token,
		["Content-Type"] = "application/json",
	}
	local id = 0
	while #requests < 4000 do
		id = (id + 2357) % rows + 1
		if id % 20 ~= 7 then
			requests[#requests + 1] = wrk.format("POST",
				"/api/v1/tickets", headers, string.format(
				'{"customer":"%d","person":"Petra Arndt",' ..
				'"question":"Beim Senden an gmx.de meldet ' ..
				'der Server seit heute 8 Uhr den Fehler 550' ..
				'. Was bedeutet das für Fall %d?",' ..
				'"search":"fehler 550","reason":"keine ' ..
				'Seite dazu","read_back":true,' ..
				'"internet_hint":true}', 1000000 + id, id))
		end
	end
end

function request()
	at = at % #requests + 1
	return requests[at]
end

-- what was acknowledged, and what was refused, for the script to compare
function done(summary)
	io.write(string.format("answered %d refused %d lost %d\n",
		summary.requests, summary.errors.status,
		summary.errors.connect + summary.errors.read +
		summary.errors.write + summary.errors.timeout))
end
