import { readFileSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { writeWhole } from '../files.ts';
import type { PlatformFolder } from '../folder.ts';
import type { PlatformState } from '../state.ts';
import { ACCOUNTS, tokenFile } from './accounts.ts';
import { ensureCertificates, type CertificateFiles } from './certificate.ts';
import { kubeconfig } from './kubeconfig.ts';
import { portalConfig } from './portalConfig.ts';

/** Files that the API server needs to know its clients, and to be known by them. */
export interface Access extends CertificateFiles {
  tokenFile: string;
}

/** Writes certificates, kubeconfigs and the portal's configuration. Needs no program and no library. */
export function prepareAccess(
  folder: PlatformFolder,
  state: PlatformState,
): Access {
  const files = ensureCertificates(folder.data('access'));
  const paths = {
    administrator: folder.kubeconfig,
    reader: folder.readerKubeconfig,
    operator: folder.operatorKubeconfig,
  };
  const certificate = readFileSync(files.certificate, 'utf8');
  for (const { name } of ACCOUNTS) {
    writeWhole(
      paths[name],
      kubeconfig({
        server: `https://127.0.0.1:${state.ports.apiServer}`,
        certificate,
        user: name,
        token: state.tokens[name],
      }),
      0o600,
    );
  }
  mkdirSync(folder.data('access'), { recursive: true });
  const tokens = `${folder.data('access')}/tokens.csv`;
  writeWhole(tokens, tokenFile(state.tokens), 0o600);
  writeWhole(folder.appConfig, portalConfig(folder, state), 0o600);
  return { ...files, tokenFile: tokens };
}
