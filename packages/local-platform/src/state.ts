import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { writeWhole } from './files.ts';
import { choosePorts, type Ports } from './ports.ts';

/** What stays the same from one start to the next. Holds secrets: readable by the owner alone. */
export interface PlatformState {
  ports: Ports;
  /** Bearer token of each account of the API server. */
  tokens: { administrator: string; reader: string; operator: string };
  /** Gitea's administrator, who owns what Backstage and the pipeline do in Git. */
  git: { username: string; password: string };
  /** Gitea's own keys. */
  gitKeys: { secret: string; internal: string };
  /** Argo CD's own key. */
  argoCdKey: string;
}

function secret(): string {
  return randomBytes(24).toString('base64url');
}

function readState(path: string): Partial<PlatformState> {
  if (!existsSync(path)) {
    return {};
  }
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(
      `${path} is not JSON (${error}). Run \`reset\` to start over with an empty platform.`,
    );
  }
}

/**
 * Reads `state.json`, fills in what is missing and writes it back.
 *
 * @param patienceMs - how long to wait for the ports of an earlier start to be free again
 */
export async function prepareState(
  path: string,
  patienceMs = 0,
): Promise<PlatformState> {
  const known = readState(path);
  const state: PlatformState = {
    ports: await choosePorts(known.ports ?? {}, patienceMs),
    tokens: known.tokens ?? {
      administrator: secret(),
      reader: secret(),
      operator: secret(),
    },
    git: known.git ?? { username: 'platform', password: secret() },
    gitKeys: known.gitKeys ?? { secret: secret(), internal: secret() },
    argoCdKey: known.argoCdKey ?? secret(),
  };
  writeWhole(path, `${JSON.stringify(state, undefined, 2)}\n`, 0o600);
  return state;
}
