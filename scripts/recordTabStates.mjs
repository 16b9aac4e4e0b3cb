/*
 * Records what the tab is told in each of its states into the fixtures of
 * plugins/delivery, from a local platform that is up.
 */
import { join, resolve } from 'node:path';
import { root } from './bootstrap/root.mjs';
import { runOnPlatform } from './test/platform.mjs';

const directory = resolve(
  process.env.DELIVERY_PLATFORM_DIR ?? join(root, '.platform'),
);
const { failed } = await runOnPlatform('recording', 'recording', directory);
process.exitCode = failed ? 1 : 0;
