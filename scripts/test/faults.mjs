import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshPlatform } from './localPlatform.mjs';
import { runOnPlatform } from './platform.mjs';

/**
 * The tests that kill, starve and mislead an API server, which nobody else may use
 * meanwhile.
 */
export async function faultsSuite() {
  const { child, directory } = await freshPlatform('.platform-faults', {
    title: 'API server of its own',
    expected: '10 s when its programs are built',
    only: ['kubernetes'],
    isHurt: true,
  });
  try {
    return await runOnPlatform('faults', 'faultTest', directory);
  } finally {
    await child.stop();
    printFigures(join(directory, 'figures.jsonl'));
  }
}

/** What the tests measured: one line per fault, times in seconds, requests by purpose. */
function printFigures(file) {
  if (!existsSync(file)) {
    return;
  }
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  console.log(
    '\n  for s  live s  requests                                fault',
  );
  for (const { fault, lasted, liveAfter, ...spent } of lines.map(JSON.parse)) {
    const requests = Object.entries(spent)
      .filter(([, count]) => count > 0)
      .map(([purpose, count]) => `${count} ${purpose}`)
      .join(', ');
    console.log(
      `  ${lasted.toFixed(1).padStart(5)}  ${liveAfter
        .toFixed(2)
        .padStart(6)}  ${(requests || 'none').padEnd(38)}  ${fault}`,
    );
  }
  console.log('  (live s: from the end of the fault until all kinds are live)');
}
