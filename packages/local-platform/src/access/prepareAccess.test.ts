import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { platformFolder } from '../folder.ts';
import { prepareState } from '../state.ts';
import { prepareAccess } from './prepareAccess.ts';

describe('prepareAccess', () => {
  const root = mkdtempSync(join(tmpdir(), 'local-platform-'));
  const folder = platformFolder(root);
  afterAll(() => rmSync(root, { recursive: true }));

  const yaml = (path: string) => parse(readFileSync(path, 'utf8'));

  it('writes kubeconfigs that stay valid over restarts', async () => {
    const state = await prepareState(folder.state);
    const { certificate } = prepareAccess(folder, state);
    const before = yaml(folder.kubeconfig);
    expect(before['current-context']).toBe('local');
    expect(before.clusters[0].cluster.server).toBe(
      `https://127.0.0.1:${state.ports.apiServer}`,
    );
    expect(
      Buffer.from(
        before.clusters[0].cluster['certificate-authority-data'],
        'base64',
      ).toString(),
    ).toBe(readFileSync(certificate, 'utf8'));

    prepareAccess(folder, await prepareState(folder.state));
    expect(yaml(folder.kubeconfig)).toEqual(before);
  });

  it('gives each account its own token, and no group to the plugin', async () => {
    const state = await prepareState(folder.state);
    const { tokenFile } = prepareAccess(folder, state);
    const tokens = [
      folder.kubeconfig,
      folder.readerKubeconfig,
      folder.operatorKubeconfig,
    ].map(path => yaml(path).users[0].user.token);
    expect(new Set(tokens).size).toBe(3);
    expect(readFileSync(tokenFile, 'utf8')).toBe(
      [
        `${tokens[0]},local-platform-administrator,administrator,"system:masters"\n`,
        `${tokens[1]},delivery:reader,reader,""\n`,
        `${tokens[2]},delivery:operator,operator,""\n`,
      ].join(''),
    );
  });

  it('keeps secrets from other users of the machine', () => {
    for (const path of [
      folder.state,
      folder.kubeconfig,
      folder.readerKubeconfig,
      folder.operatorKubeconfig,
      folder.appConfig,
    ]) {
      expect([path, statSync(path).mode & 0o077]).toEqual([path, 0]);
    }
  });

  it('configures the portal for this platform', async () => {
    const { ports, git } = await prepareState(folder.state);
    const gitHost = `127.0.0.1:${ports.gitea}`;
    expect(yaml(folder.appConfig)).toMatchObject({
      delivery: {
        clusters: [
          {
            name: 'local',
            kubeconfig: folder.readerKubeconfig,
            operatorKubeconfig: folder.operatorKubeconfig,
          },
        ],
      },
      integrations: { gitea: [{ host: gitHost, username: git.username }] },
      backend: { reading: { allow: [{ host: gitHost }] } },
      scaffolder: { defaultEnvironment: { parameters: { gitHost } } },
    });
  });
});
