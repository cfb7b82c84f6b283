/** Counts what the tests reported, and the static checks as one more. Skipped is not passed: CI has all it takes. */
import { readFileSync } from "node:fs";

const [file, staticChecks] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
// Nothing is reported by tests that could not even be built.
const { numPassedTests, numTotalTests, success, testResults } = text
  ? JSON.parse(text)
  : { numPassedTests: 0, numTotalTests: 0, success: false, testResults: [] };

const unloadable = testResults.filter(
  ({ status, assertionResults }) => status === "failed" && !assertionResults.length,
);
for (const { name } of unloadable) console.log(`could not be loaded: ${name}`);
for (const { fullName, status } of testResults.flatMap(({ assertionResults }) => assertionResults)) {
  if (status !== "passed") console.log(`${status}: ${fullName}`);
}
if (staticChecks === "failed") console.log("failed: the static checks (npm run lint)");

const passed = numPassedTests + (staticChecks === "passed" ? 1 : 0);
const counted = numTotalTests - numPassedTests + unloadable.length + (staticChecks === "failed" ? 1 : 0);
// An error outside of any test fails the run too.
const failed = success ? counted : Math.max(counted, 1);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
