// Runs test files, one more at a time than there are processors since each waits
// now and then, and prints TAP. Usage: node tests/run.mjs FILE...
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { run } from "node:test";
import { tap } from "node:test/reporters";
import "./http/desk.mjs"; // for its first mornings, which all files share

const files = process.argv.slice(2).map((file) => resolve(file));

run({ files, concurrency: availableParallelism() + 1 })
	.on("test:fail", () => { process.exitCode = 1; })
	.compose(tap)
	.pipe(process.stdout);
