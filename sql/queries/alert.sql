-- q: alert_raise(ticket_id i64, raised_ms i64) none write
INSERT INTO ticket_alert(ticket_id, raised_ms) VALUES ($1, $2)
ON CONFLICT (ticket_id) DO NOTHING;

-- q: alert_drop(ticket_id i64) rows write
DELETE FROM ticket_alert WHERE ticket_id = $1;

-- The table holds the open ones alone; the newest come first.
-- q: alert_list(most i64) many(ticket_id i64, raised_ms i64, caller_name text, customer_number text?, customer_name text?, summary text)
SELECT a.ticket_id, a.raised_ms, t.caller_name, c.number, c.name, t.summary
FROM ticket_alert a
JOIN ticket t ON t.id = a.ticket_id
LEFT JOIN customer c ON c.id = t.customer_id
ORDER BY a.ticket_id DESC LIMIT $1;
