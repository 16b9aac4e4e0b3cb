import { readFileSync } from 'node:fs';

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
      : failed.map(test => `${result.name}: ${test.fullName}`);
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
        failures.push(`${spec.file}: ${spec.title}`);
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
