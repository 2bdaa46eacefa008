// Runs test files, two at a time since they mostly wait for processes to
// start, and prints TAP. Usage: node tests/run.mjs FILE...
import { resolve } from "node:path";
import { run } from "node:test";
import { tap } from "node:test/reporters";
import "./http/desk.mjs"; // for its first mornings, which all files share

const files = process.argv.slice(2).map((file) => resolve(file));

run({ files, concurrency: 2 })
	.on("test:fail", () => { process.exitCode = 1; })
	.compose(tap)
	.pipe(process.stdout);
