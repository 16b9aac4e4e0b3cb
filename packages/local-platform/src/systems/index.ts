import { standIns } from '../stand-ins/standIns.ts';
import { argoCd } from './argoCd.ts';
import { argoEvents } from './argoEvents.ts';
import { argoWorkflows } from './argoWorkflows.ts';
import { gitea } from './gitea.ts';
import { goldenPath } from './goldenPath.ts';
import { kro } from './kro.ts';
import { kubernetes, kubernetesControllers, kwok } from './kubernetes.ts';
import { kubevela } from './kubevela.ts';
import type { System } from './System.ts';

/** All systems, in the order in which they are shown. */
export const SYSTEMS: readonly System[] = [
  kubernetes,
  kubernetesControllers,
  kwok,
  kro,
  goldenPath,
  gitea,
  argoCd,
  argoWorkflows,
  argoEvents,
  standIns,
  kubevela,
];
