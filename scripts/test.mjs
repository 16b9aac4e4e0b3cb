import { stopAll, stopAllOnSignal } from './bootstrap/child.mjs';
import { ensureChromium } from './bootstrap/chromium.mjs';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { StepError, duration, main } from './bootstrap/step.mjs';
import { inToolchain } from './bootstrap/toolchain.mjs';
import { browserSuite } from './test/browser.mjs';
import { canarySuite } from './test/canary.mjs';
import { deliverySuite } from './test/delivery.mjs';
import { faultsSuite } from './test/faults.mjs';
import { platformSuite } from './test/platform.mjs';
import { add, empty } from './test/result.mjs';
import { staticSuite } from './test/static.mjs';
import { unitSuite } from './test/unit.mjs';

const suites = {
  static: staticSuite,
  unit: unitSuite,
  platform: platformSuite,
  delivery: deliverySuite,
  canary: canarySuite,
  faults: faultsSuite,
  browser: browserSuite,
};
const help = `npm test [-- SUITE …]

Runs the suites, all of them without an argument:
  static    types, lint, format, API reports, lock file, size of the bundle
  unit      the tests beside the code
  platform  tests against the embedded local platform
  delivery  what happens on the golden path and can be done to it, by the real controllers
  canary    secrets planted wherever one may be, and searched in whatever comes out
  faults    what an API server can do to a watch, done to one of our own
  browser   the golden path in a real browser, on the local platform
The last line counts: N passed, N failed.
`;

async function runSuite(name) {
  const started = Date.now();
  console.log(`\n━━ ${name}`);
  let result;
  try {
    result = await suites[name]();
    if (result.passed + result.failed === 0) {
      throw new Error('no test was run');
    }
  } catch (error) {
    console.error(error);
    result = { ...empty, failed: 1, failures: [`${name}: ${error.message}`] };
  }
  console.log(
    `━━ ${name}: ${result.passed} passed, ${result.failed} failed in ${duration(
      Date.now() - started,
    )}`,
  );
  return result;
}

async function test() {
  const names = process.argv.slice(2);
  if (names.includes('--help') || names.includes('-h')) {
    console.log(help);
    return;
  }
  const unknown = names.find(name => !suites[name]);
  if (unknown) {
    throw new StepError(`There is no suite "${unknown}"`, help);
  }
  stopAllOnSignal(1);
  const chosen = names.length ? names : Object.keys(suites);
  if (chosen.includes('browser')) {
    // It comes last, and nobody wants to learn only then that there is no browser.
    await ensureChromium(process.env).catch(({ message, hint }) =>
      console.error(`✕ The suite browser will fail. ${message}: ${hint}`),
    );
  }
  await ensureDependencies(process.env);
  let total = empty;
  try {
    for (const name of chosen) {
      total = add(total, await runSuite(name));
    }
  } finally {
    await stopAll();
  }
  if (total.failures.length) {
    console.log(`\nFailed:\n${total.failures.map(f => `  ✕ ${f}`).join('\n')}`);
  }
  const skipped = total.skipped ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = total.failed ? 1 : 0;
}

await main(() => inToolchain(import.meta.url, test));
