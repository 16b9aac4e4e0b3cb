import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** Of what a failed test says, so many lines are repeated at the end of all. */
const LINES = 24;

/** Counts of a suite: `{ passed, failed, skipped, failures: string[] }`. */
export const empty = { passed: 0, failed: 0, skipped: 0, failures: [] };

export function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  };
}

/** Counts of a Jest run from its `--json` file; a file that did not run counts as failed. */
export function fromJest(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const failures = report.testResults.flatMap(result => {
    const failed = result.assertionResults.filter(
      test => test.status === 'failed',
    );
    return failed.length === 0 && result.status === 'failed'
      ? [`${result.name}: ${result.message}`]
      : failed.map(test =>
          told(`${result.name}: ${test.fullName}`, test.failureMessages[0]),
        );
  });
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  };
}

/** Counts of a Playwright run from its JSON report. */
export function fromPlaywright(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const failures = [];
  const visit = suite => {
    for (const spec of suite.specs ?? []) {
      if (!spec.ok) {
        const [error] = spec.tests.flatMap(({ results }) =>
          results.flatMap(({ errors }) => errors),
        );
        failures.push(told(`${spec.file}: ${spec.title}`, error?.message));
      }
    }
    (suite.suites ?? []).forEach(visit);
  };
  report.suites.forEach(visit);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return {
    passed: expected,
    failed: unexpected + flaky + report.errors.length,
    skipped,
    failures: [...failures, ...report.errors.map(error => error.message)],
  };
}

/** A failure with the beginning of what it says, which logs of CI often keep no more of. */
function told(title, message = '') {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter(line => line.trim() && !/^\s+at .*node_modules/.test(line))
    .slice(0, LINES);
  return [title, ...lines.map(line => `      ${line}`)].join('\n');
}
