import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { testPlatform } from './localPlatform.mjs';
import { runOnPlatform } from './platform.mjs';

/** What happens on the golden path and can be done to it, with the real controllers. */
export async function deliverySuite() {
  const { directory } = await testPlatform();
  const figures = join(directory, 'operations.jsonl');
  rmSync(figures, { force: true });
  try {
    return await runOnPlatform('delivery', 'deliveryTest', directory);
  } finally {
    printFigures(figures);
  }
}

/** How long it took from the request until its effect was on the stream. */
function printFigures(file) {
  if (!existsSync(file)) {
    return;
  }
  console.log('\n     ms  from the request to its effect on the stream');
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const { operation, milliseconds } = JSON.parse(line);
    console.log(`  ${String(milliseconds).padStart(5)}  ${operation}`);
  }
}
