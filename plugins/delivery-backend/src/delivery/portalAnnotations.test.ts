import { isDeliveryAvailable } from '@golden-path/plugin-delivery-common';
import { deliveryFor, isNo, stageOf } from '../__testUtils__/deliveryFor';
import {
  application,
  COMMIT,
  healthyPipeline,
  oamApplication,
} from '../__testUtils__/objects';

/** As the golden path that exists writes them into its entities. */
const EXISTING = {
  'backstage.io/kubernetes-namespace': 'team-checkout',
  'backstage.io/kubernetes-label-selector':
    'app.kubernetes.io/name=checkout,app.kubernetes.io/component=cicd-pipeline',
  'argocd/app-name': 'checkout-cicd',
  'argo-workflows.cnoe.io/cluster-name': 'local',
  'argo-workflows.cnoe.io/namespace': 'team-checkout',
  'argo-workflows.cnoe.io/label-selector':
    'app.kubernetes.io/name=checkout,app.kubernetes.io/component=cicd-pipeline',
};

const WITHOUT_KRO = {
  'kro.run/resource-group': undefined,
  'kro.run/instance-name': undefined,
  'kro.run/instance-namespace': undefined,
};

const registration = application('-', undefined, {
  metadata: {
    name: 'checkout-cicd',
    annotations: {},
    labels: { 'argocd.argoproj.io/instance': 'checkout-cicd' },
  },
});

/** Applications that its template made: no children of the pipeline, one project for all. */
const fromTemplate = ['dev', 'prod'].map(name =>
  application(name, name === 'dev' ? COMMIT : undefined, {
    metadata: {
      annotations: { 'cicd.kro.run/environment': name },
      labels: {
        'app.kubernetes.io/name': 'checkout',
        'app.kubernetes.io/component': 'argocd-application',
      },
    },
    spec: { project: 'spoke-workloads' },
  }),
);

const objects = [
  ...healthyPipeline().filter(isNo('Application')),
  registration,
  ...fromTemplate,
  oamApplication('dev', COMMIT),
];

describe('an entity of an existing portal', () => {
  it.each<[string, Record<string, string | undefined>]>([
    ['with all of its annotations', EXISTING],
    ['without kro.run annotations', { ...EXISTING, ...WITHOUT_KRO }],
    [
      'with the selector of Applications that it had before',
      {
        ...EXISTING,
        'argocd/app-name': undefined,
        'argocd/app-selector': 'argocd.argoproj.io/instance=checkout-cicd',
      },
    ],
  ])('is located in full %s', (_name, annotations) => {
    const delivery = deliveryFor(objects, { annotations });
    expect(delivery.location).toEqual({
      cluster: 'local',
      resourceGroup: 'cicdpipeline.kro.run',
      instanceName: 'checkout-cicd-pipeline',
      instanceNamespace: 'team-checkout',
    });
    expect(delivery.summary.sentence.code).toBe('summary.healthy');
    expect(delivery.environments.map(({ name }) => name)).toEqual([
      'dev',
      'prod',
    ]);
    expect(
      delivery.stages.filter(
        ({ diagnosis }) => diagnosis && !diagnosis.routine,
      ),
    ).toEqual([]);
  });

  it.each<[string, Record<string, string>, string, string]>([
    [
      'another namespace',
      { 'backstage.io/kubernetes-namespace': 'team-other' },
      'pipeline',
      'annotation.differs',
    ],
    [
      'another namespace of runs',
      { 'argo-workflows.cnoe.io/namespace': 'team-other' },
      'build',
      'annotation.differs',
    ],
    [
      'runs of another application',
      {
        'argo-workflows.cnoe.io/label-selector':
          'app.kubernetes.io/name=other,app.kubernetes.io/component=cicd-pipeline',
      },
      'build',
      'annotation.otherApplication',
    ],
    [
      'an Application that is not there',
      { 'argocd/app-name': 'other-cicd' },
      'pipeline',
      'annotation.nothingThere',
    ],
    [
      'a selector that selects none',
      { 'argocd/app-selector': 'argocd.argoproj.io/instance=other' },
      'pipeline',
      'annotation.nothingThere',
    ],
    [
      'two clusters',
      {
        'kro.run/cluster': 'local',
        'argo-workflows.cnoe.io/cluster-name': 'hub',
      },
      'build',
      'annotation.differs',
    ],
  ])('hears on its stage of %s', (_name, wrong, id, code) => {
    const delivery = deliveryFor(objects, {
      annotations: { ...EXISTING, ...wrong },
      clusters: { hub: [] },
    });
    const [annotation] = Object.keys(wrong).slice(-1);
    expect(stageOf(delivery, id)).toMatchObject({
      status: 'succeeded',
      diagnosis: {
        cause: { code, values: { annotation } },
        nextStep: { code: `${code}.next` },
      },
    });
    expect(delivery.summary.sentence.code).toBe('summary.healthy');
  });

  it('hears of a contradiction where its pipeline is not found', () => {
    const delivery = deliveryFor([], {
      annotations: {
        ...EXISTING,
        'kro.run/instance-namespace': 'team-elsewhere',
        'argocd/app-name': undefined,
      },
    });
    expect(stageOf(delivery, 'pipeline')).toMatchObject({
      status: 'missing',
      diagnosis: {
        cause: { code: 'pipeline.notFound' },
        evidence: expect.stringContaining('"team-checkout"'),
      },
    });
  });

  describe('with an id for the Kubernetes tab', () => {
    const labelled = oamApplication('dev', COMMIT, {
      metadata: { labels: { 'backstage.io/kubernetes-id': 'checkout' } },
    });
    const causeFor = (annotations: Record<string, string>) =>
      stageOf(deliveryFor([...objects, labelled], { annotations }), 'pipeline')
        ?.diagnosis?.cause;

    it('hears that nothing that runs has it', () => {
      expect(causeFor({ 'backstage.io/kubernetes-id': 'other' })).toMatchObject(
        {
          code: 'annotation.differs',
          values: {
            annotation: 'backstage.io/kubernetes-id',
            value: 'other',
            otherValue: 'checkout',
          },
        },
      );
    });

    it.each<[string, Record<string, string>]>([
      ['it is that of what runs', { 'backstage.io/kubernetes-id': 'checkout' }],
      [
        'there is a selector, which counts for more',
        { ...EXISTING, 'backstage.io/kubernetes-id': 'other' },
      ],
    ])('hears nothing where %s', (_name, annotations) => {
      expect(causeFor(annotations)).toBeUndefined();
    });
  });

  it('takes the namespace of an environment for as good', () => {
    const delivery = deliveryFor(objects, {
      annotations: {
        ...EXISTING,
        'backstage.io/kubernetes-namespace': 'team-checkout-dev',
      },
    });
    expect(stageOf(delivery, 'pipeline')?.diagnosis).toBeUndefined();
  });
});

it('is no golden path without a selector of a pipeline', () => {
  const available = (annotations: Record<string, string>) =>
    isDeliveryAvailable({ metadata: { annotations } });
  expect(available(EXISTING)).toBe(true);
  expect(
    available({
      'backstage.io/kubernetes-namespace': 'team-checkout',
      'backstage.io/kubernetes-label-selector':
        'app.kubernetes.io/name=checkout',
    }),
  ).toBe(false);
});
