import { setTimeout as delay } from 'node:timers/promises';
/* eslint-disable @backstage/no-relative-monorepo-imports -- scripts are no package */
import { ensureChromium } from '../../../scripts/bootstrap/chromium.mjs';
import { buildApp } from '../../../scripts/portal/buildApp.mjs';
/* eslint-enable @backstage/no-relative-monorepo-imports */
import { BackendProcess } from '../backends/BackendProcess.ts';
import type { Bench } from '../Bench.ts';
import { Browser } from '../browser/Browser.ts';
import { FollowedRun } from '../paint/updates.ts';
import { measureFirstPaints } from '../paint/firstPaints.ts';
import { LargeRun } from '../platform/LargeRun.ts';
import { writePipelines } from '../platform/pipelines.ts';
import { startCluster } from '../platform/startCluster.ts';
import { MARK_PREFIX } from '../viewers/protocol.ts';
import { paintFindings } from './paintFindings.ts';

const STEPS = 200;
const PER_SECOND = 20;
/** So that each event is on the screen before the next one comes. */
const CALM_PER_SECOND = 4;

/** A station of the golden path with its status. */
const OURS_FIRST = 'ol > li[data-status]';
/** A cluster with the number of its pods. */
const THEIRS_FIRST = '.MuiAccordionSummary-content';

export const paint: Bench = async ({ quick, directory, say }) => {
  const [rounds, calm, half, warmUp] = quick ? [1, 5, 5, 5] : [25, 30, 30, 20];
  const chromium = await ensureChromium(process.env);
  await buildApp(`${directory}/app-build.log`);
  const cluster = await startCluster(directory, say);
  const stops: (() => Promise<void>)[] = [() => cluster.stop()];
  try {
    const [pipeline] = await writePipelines(cluster.api, [1]);
    const run = await LargeRun.write(cluster.api, pipeline, STEPS);
    say('starting a backend with both plugins and the frontend');
    const backend = await BackendProcess.start({
      plugins: ['app', 'delivery', 'kubernetes'],
      directory,
      kubeconfig: cluster.kubeconfigs.administrator,
      entities: [pipeline.entity],
    });
    stops.push(() => backend.stop());
    const browser = await Browser.launch(chromium, backend.url);
    stops.push(() => browser.close());
    const entity = `${backend.url}/catalog/default/component/${pipeline.app}`;

    say(`first paint of both tabs, ${rounds} times cold and warm each`);
    const firstPaints = await measureFirstPaints(
      browser,
      [
        { name: 'Delivery', url: `${entity}/delivery`, first: OURS_FIRST },
        {
          name: 'Kubernetes',
          url: `${entity}/kubernetes`,
          first: THEIRS_FIRST,
        },
      ],
      rounds,
    );

    say(`opening a run of ${STEPS} steps`);
    const profile = await browser.freshProfile({
      mark: MARK_PREFIX,
      first: OURS_FIRST,
    });
    const page = await profile.newPage();
    await page.goto(`${entity}/delivery?run=${run.name}`);
    await page
      .locator('g[data-step]')
      .nth(STEPS - 1)
      .waitFor();
    const followed = await FollowedRun.of(page, run);
    await followed.change(warmUp, PER_SECOND);

    say(`${CALM_PER_SECOND} changes a second for ${calm} s`);
    const single = await followed.change(calm, CALM_PER_SECOND);

    say(`${PER_SECOND} changes a second for ${2 * half} s`);
    const heap = [await followed.heap()];
    const many = [];
    for (let part = 0; part < 2; part++) {
      await delay(1_000);
      many.push(await followed.change(half, PER_SECOND));
      heap.push(await followed.heap());
    }
    return paintFindings({
      firstPaints,
      single,
      many,
      heap,
      browser: browser.version(),
    });
  } finally {
    for (const stop of stops.reverse()) {
      await stop();
    }
  }
};
