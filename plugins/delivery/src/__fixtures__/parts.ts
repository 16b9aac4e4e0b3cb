import type {
  Delivery,
  Environment,
  Run,
  SourceHealth,
  Stage,
  Step,
} from '@golden-path/plugin-delivery-common';
import { say } from '@golden-path/plugin-delivery-common';

export const COMMIT = {
  newest: '9f3c1ab2d84e5f60718293a4b5c6d7e8f9012345',
  previous: '41d07e2c93b8a7f6e5d4c3b2a190817263544536',
  oldest: 'c55a902e17f3b4d5c6a79881726354f4e3d2c1b0',
};

export const IMAGE_REPOSITORY =
  '012345678901.dkr.ecr.eu-central-1.amazonaws.com/peeks/checkout';

/** Minutes before the moment that a fixture is made for. */
export type Ago = (minutes: number) => string;

export function agoFrom(now: number): Ago {
  return minutes => new Date(now - Math.round(minutes * 60_000)).toISOString();
}

const KINDS: Array<[system: string, apiVersion: string, kind: string]> = [
  ['kro', 'kro.run/v1alpha1', 'CICDPipeline'],
  ['Argo Workflows', 'argoproj.io/v1alpha1', 'Workflow'],
  ['Argo Workflows', 'argoproj.io/v1alpha1', 'WorkflowTemplate'],
  ['Argo Events', 'argoproj.io/v1alpha1', 'EventSource'],
  ['Argo Events', 'argoproj.io/v1alpha1', 'Sensor'],
  ['Argo CD', 'argoproj.io/v1alpha1', 'Application'],
  ['KubeVela', 'core.oam.dev/v1beta1', 'Application'],
  ['ECR', 'ecr.services.k8s.aws/v1alpha1', 'Repository'],
];

export function sources(
  ago: Ago,
  change: (source: SourceHealth) => Partial<SourceHealth> | undefined = () =>
    undefined,
): SourceHealth[] {
  return KINDS.map(([system, apiVersion, kind]) => {
    const source: SourceHealth = {
      system,
      cluster: 'local',
      apiVersion,
      kind,
      state: 'live',
      since: ago(180),
    };
    return { ...source, ...change(source) };
  });
}

export function stage(
  id: string,
  rest: Omit<Stage, 'id' | 'kind' | 'environment' | 'links'> & {
    links?: Stage['links'];
  },
): Stage {
  const [kind, of] = id.split(':');
  return {
    id,
    kind: kind as Stage['kind'],
    ...(of && { environment: of }),
    links: [],
    ...rest,
  };
}

const BUILD_STEPS = [
  'checkout-code',
  'run-tests',
  'build-and-push',
  'update-deployment',
  'notify-completion',
];

/**
 * Steps of a build: each takes 25 seconds, up to `reached`, which is in `state`.
 */
export function buildSteps(
  startedAt: string,
  reached: number,
  state: { phase: string; status: Step['status']; message?: string },
): Step[] {
  const start = Date.parse(startedAt);
  const at = (i: number) => new Date(start + i * 25_000).toISOString();
  return BUILD_STEPS.map((name, i) => {
    const step = {
      id: `step-${i}`,
      name,
      template: name,
      type: 'Pod',
      dependsOn: i === 0 ? [] : [`step-${i - 1}`],
    };
    if (i > reached) {
      return { ...step, phase: 'Pending', status: 'waiting' };
    }
    const ended = i < reached || state.status !== 'running';
    return {
      ...step,
      startedAt: at(i),
      ...(ended && { finishedAt: at(i + 1) }),
      ...(i < reached
        ? { phase: 'Succeeded', status: 'succeeded' as const }
        : state),
    };
  });
}

export function run(
  name: string,
  rest: Omit<Run, 'name' | 'namespace' | 'links'>,
): Run {
  return {
    name,
    namespace: 'team-checkout',
    links: [
      {
        title: 'Argo Workflows',
        url: `https://hub.example.com/argo-workflows/workflows/team-checkout/${name}`,
      },
    ],
    ...rest,
  };
}

export function succeededBuild(
  name: string,
  startedAt: string,
  commit: string,
): Run {
  return run(name, {
    purpose: 'build',
    phase: 'Succeeded',
    status: 'succeeded',
    imageTag: commit,
    commit,
    createdAt: startedAt,
    startedAt,
    finishedAt: new Date(Date.parse(startedAt) + 125_000).toISOString(),
    progress: { done: 5, total: 5 },
    steps: buildSteps(startedAt, 4, {
      phase: 'Succeeded',
      status: 'succeeded',
    }),
  });
}

export function environment(
  name: string,
  rest: {
    argoCd: Partial<Environment['argoCd']>;
    image?: Environment['image'];
    oam?: Environment['oam'];
    pods?: Environment['pods'];
  },
): Environment {
  return {
    name,
    argoCd: {
      name: `checkout-${name}-cd`,
      namespace: 'argocd',
      resources: 0,
      ...rest.argoCd,
    },
    image: rest.image,
    oam: rest.oam,
    pods: rest.pods,
    destination: { cluster: 'local', namespace: `team-checkout-${name}` },
    links: [
      {
        title: 'Argo CD',
        url: `https://hub.example.com/argocd/applications/argocd/checkout-${name}-cd`,
      },
    ],
  };
}

export function image(commit: string): Environment['image'] {
  return {
    reference: `${IMAGE_REPOSITORY}:${commit}`,
    tag: commit,
    commit,
  };
}

export function delivery(
  rest: Pick<
    Delivery,
    'summary' | 'stages' | 'runs' | 'environments' | 'sources'
  >,
): Delivery {
  return {
    entityRef: 'component:default/checkout',
    revision: '1',
    location: {
      cluster: 'local',
      resourceGroup: 'cicdpipeline.kro.run',
      instanceName: 'checkout-cicd-pipeline',
      instanceNamespace: 'team-checkout',
    },
    ...rest,
  };
}

export { say };
