// Counts tests for ./test. Usage: node tools/tally.mjs meson|tap FILE
//
// `meson` reads a testlog.json (one JSON object a line, each a program that
// printed TAP), `tap` what `node --test --test-reporter=tap` printed. Only
// leaves are counted; a group that failed although none of its tests did (a
// crash, a broken hook) counts as one failure, and so does a program or file
// that ran nothing. Prints 'GOOD BAD SKIPPED' on standard output, and what
// failed, with its output, on standard error.
import { readFileSync } from "node:fs";

const RESULT = /^( *)(not )?ok \d+(?: - )?(.*?)(?:\s*# *(skip|todo)\b.*)?$/i;

// The results in TAP text as [{ok, skipped, name, from, to, children}], line
// numbers into `lines`; nested by indentation.
function readTap(lines) {
	const waiting = new Map(); // indentation → results whose parent is to come
	let from = 0;
	let details = null; // the line that ends the YAML we are in
	let last;

	for (const [at, line] of lines.entries()) {
		if (details === null && /^ *---$/.test(line))
			details = line.replace("---", "...");
		if (line === details) {
			details = null;
			from = at + 1;
			if (last)
				last.to = from;
		}
		const found = details === null && RESULT.exec(line);
		if (!found)
			continue;
		const depth = found[1].length;
		const children = [];
		for (const [deeper, results] of waiting) {
			if (deeper > depth) {
				children.push(...results);
				waiting.delete(deeper);
			}
		}
		last = { ok: !found[2], skipped: Boolean(found[4]), name: found[3],
			from, to: at + 1, children };
		from = at + 1;
		waiting.set(depth, [...(waiting.get(depth) ?? []), last]);
	}
	return [...waiting.values()].flat();
}

const sum = { good: 0, bad: 0, skipped: 0 };

function complain(name, text) {
	sum.bad++;
	process.stderr.write(`---- ${name}\n${text.trimEnd()}\n`);
}

function countTree(results, lines, path) {
	for (const r of results) {
		const name = [...path, r.name].join(" > ");
		if (r.children.length) {
			const before = sum.bad;
			countTree(r.children, lines, [...path, r.name]);
			if (r.ok || sum.bad > before)
				continue;
		}
		if (r.skipped)
			sum.skipped++;
		else if (r.ok && !/\.test\.mjs$/.test(r.name))
			sum.good++;
		else
			complain(name, r.ok ? "ran nothing" :
				lines.slice(r.from, r.to).join("\n"));
	}
}

function countMeson(file) {
	for (const line of readFileSync(file, "utf8").split("\n")) {
		if (!line)
			continue;
		const t = JSON.parse(line);
		const lines = (t.stdout ?? "").split("\n");
		const before = sum.bad;
		const good = sum.good;

		countTree(readTap(lines), lines, [t.name]);
		const ran = sum.bad > before || sum.good > good;
		if (/^fuzz/.test(t.name) && t.result === "OK")
			sum.good++;
		else if (sum.bad === before && (t.result !== "OK" || !ran))
			complain(`${t.name}: ${t.result === "OK" ? "ran nothing" : t.result}`,
				`${t.stdout ?? ""}\n${t.stderr ?? ""}`);
		else if (sum.bad > before && t.stderr)
			process.stderr.write(`${t.stderr.trimEnd()}\n`);
	}
}

const [kind, file] = process.argv.slice(2);
if (kind === "meson") {
	countMeson(file);
} else {
	const lines = readFileSync(file, "utf8").split("\n");
	countTree(readTap(lines), lines, []);
}
console.log(sum.good, sum.bad, sum.skipped);
