import http from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  stepLogEventSchema,
  type StepLogEvent,
} from '@golden-path/plugin-delivery-common';
import {
  pathOf,
  RUN,
  startStepLogs,
  TIME,
} from './__testUtils__/startStepLogs';

const eventsIn = (text: string) =>
  text
    .split('\n\n')
    .filter(block => block.startsWith('event: '))
    .map(block => {
      const field = (name: string) =>
        new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
      return {
        id: field('id'),
        ...stepLogEventSchema.parse({
          event: field('event'),
          data: JSON.parse(field('data') ?? 'null'),
        }),
      };
    });

/** Not the one that only says that the log is open. */
const hasSaid = (event: StepLogEvent) =>
  event.event === 'end' || event.data.lines.length > 0;

describe('the log of a step', () => {
  let logs: Awaited<ReturnType<typeof startStepLogs>>;

  beforeAll(async () => {
    logs = await startStepLogs();
  });

  afterAll(() => logs.backend.stop());

  beforeEach(() => logs.reset());

  it('comes as events, without what is secret, from the pod of the step', async () => {
    const { status, text, headers } = await logs.ask(
      `${pathOf('build-and-push')}?tailLines=7&sinceSeconds=60`,
    );
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('text/event-stream');
    expect(eventsIn(text)).toEqual([
      { event: 'lines', data: { lines: [] } },
      {
        id: '2026-11-24T06:03:00.1234567899Z',
        event: 'lines',
        data: {
          lines: [
            { time: '2026-11-24T06:03:00.123Z', text: 'cloning with ***' },
            { time: '2026-11-24T06:03:00.123Z', text: 'done' },
          ],
        },
      },
      { event: 'end', data: { reason: 'complete' } },
    ]);
    expect(logs.cluster.asked.at(-1)).toMatch(
      new RegExp(
        `/pods/${logs.pod}/log\\?container=main&timestamps=true&tailLines=7&sinceSeconds=60$`,
      ),
    );
    expect(logs.backend.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'fetch',
        meta: {
          queryType: 'log',
          entityRef: 'component:default/checkout',
          run: RUN,
          step: 'build-and-push',
        },
      }),
    );
  });

  it('is a file where text is asked for', async () => {
    const { text, headers } = await logs
      .ask(pathOf('build-and-push'))
      .set('Accept', 'text/plain');
    expect(headers['content-disposition']).toBe(
      `attachment; filename="${logs.pod}-main.log"`,
    );
    expect(text).toBe(
      '2026-11-24T06:03:00.123Z cloning with ***\n2026-11-24T06:03:00.123Z done\n',
    );
  });

  it('is followed live, ends with its reader, and goes on where that one was', async () => {
    const { port } = logs.backend.server.address() as AddressInfo;
    const source = logs.cluster.followed();
    const response = await new Promise<http.IncomingMessage>(resolve => {
      http.get(
        {
          port,
          path: `${pathOf('build-and-push')}?follow=true`,
          headers: {
            'last-event-id': TIME,
            authorization: 'Bearer mock-user-token',
          },
        },
        resolve,
      );
    });
    // Without `tailLines`: of more than so many new lines none is left out.
    expect(logs.cluster.asked.at(-1)).toMatch(
      /log\?container=main&timestamps=true&follow=true&sinceTime=2026-11-24T06%3A03%3A00Z$/,
    );
    const next = async () => {
      for await (const chunk of response.iterator({ destroyOnReturn: false })) {
        const events = eventsIn(String(chunk)).filter(hasSaid);
        if (events.length > 0) {
          return events;
        }
      }
      return [];
    };
    source.write(`${TIME} known already\n2026-11-24T06:03:01Z first\n`);
    expect(await next()).toMatchObject([
      { data: { lines: [{ text: 'first' }] } },
    ]);
    source.write('2026-11-24T06:03:02Z second\n');
    expect(await next()).toMatchObject([
      { data: { lines: [{ text: 'second' }] } },
    ]);
    response.destroy();
    await new Promise(resolve => source.once('close', resolve));
  });

  it('ends with its step, also where the cluster does not end it', async () => {
    const source = logs.cluster.followed();
    const answer = logs.ask(`${pathOf('build-and-push')}?follow=true`);
    const whole = answer.then(({ text }) => text);
    source.write('2026-11-24T06:03:01Z last\n');
    await new Promise(resolve => setTimeout(resolve, 100));
    logs.buildIsAt('update-deployment');
    expect(eventsIn(await whole).filter(hasSaid)).toMatchObject([
      { data: { lines: [{ text: 'last' }] } },
      { event: 'end', data: { reason: 'complete' } },
    ]);
    // Of what is over there is nothing to follow.
    logs.cluster.log = 'whole\n';
    await logs.ask(`${pathOf('build-and-push')}?follow=true`);
    expect(logs.cluster.asked.at(-1)).not.toContain('follow');
  });
});
