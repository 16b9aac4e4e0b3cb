import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureDependencies } from './bootstrap/dependencies.mjs';
import { root } from './bootstrap/root.mjs';
import { main } from './bootstrap/step.mjs';
import { inToolchain } from './bootstrap/toolchain.mjs';

/** `npm run bench -- …`: hands everything to the benchmarks' own command. */
await main(() =>
  inToolchain(import.meta.url, async () => {
    await ensureDependencies(process.env);
    const child = spawn(
      process.execPath,
      [join(root, 'bench/src/cli.ts'), ...process.argv.slice(2)],
      { stdio: 'inherit' },
    );
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.on(signal, () => child.kill(signal));
    }
    process.exitCode = await new Promise(resolve =>
      child.on('exit', code => resolve(code ?? 1)),
    );
  }),
);
