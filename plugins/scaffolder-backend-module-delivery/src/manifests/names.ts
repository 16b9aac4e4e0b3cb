/**
 * Names on the golden path. All of them come from the application's name, so that
 * every system can be searched for the others' objects.
 */

/** Longest name of an application: `<app>-cicd-initial-build-workflow` must fit a label of 63 characters. */
export const MAXIMUM_NAME_LENGTH = 30;

/** ECR refuses two "-" beside each other. */
const namePattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const namespacePattern = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
/**
 * Where systems usually are, with their settings and Secrets. Whose any other namespace is, a
 * name cannot tell: the platform narrows the template's pattern.
 */
const reservedNamespaces = new RegExp(
  `^(${[
    'default|kube-.*|openshift(-.*)?|amazon-.*|aws-observability|gke-.*',
    // Of a team it may be: the template makes team-<name> of any name.
    '(?!team-).*-system',
    'argo(cd|-cd|-events|-rollouts|-workflows)?|kargo(-.*)?|crossplane|flux',
    'backstage|gitea|gitlab|harbor|jenkins|tekton-.*',
    'cert-manager|external-dns|external-secrets|keycloak|kyverno|vault',
    'ingress-nginx|istio-.*|knative-.*|linkerd(-.*)?|traefik|karpenter|velero',
    'grafana|logging|monitoring|observability|prometheus',
  ].join('|')})$`,
);

/** Namespace of Argo CD, where the app-config names no other. */
export const ARGO_CD_NAMESPACE = 'argocd';

/** Server of the cluster that Argo CD itself runs in, as Argo CD knows it from the start. */
export const IN_CLUSTER = 'https://kubernetes.default.svc';

/**
 * Says why a name cannot be an application's, or nothing when it can.
 *
 * @param name - as typed by a person
 */
export function nameProblem(name: string): string | undefined {
  if (name.length > MAXIMUM_NAME_LENGTH) {
    return `it has ${name.length} characters, at most ${MAXIMUM_NAME_LENGTH} are possible`;
  }
  if (!namePattern.test(name)) {
    return 'use lower case letters, digits and single "-"; begin with a letter and end with a letter or digit';
  }
  return undefined;
}

/**
 * Says why a namespace cannot be a team's, or nothing when it can.
 *
 * @param namespace - as typed by a person
 * @param options - where Argo CD is: who may write there, may write its settings; and
 * the length that leaves room for the suffixes of the environments, `-dev` and `-prod`
 */
export function namespaceProblem(
  namespace: string,
  options: { argoCdNamespace?: string; maximumLength?: number } = {},
): string | undefined {
  const { argoCdNamespace, maximumLength = 58 } = options;
  if (namespace.length > maximumLength) {
    return `it has ${namespace.length} characters, at most ${maximumLength} are possible`;
  }
  if (!namespacePattern.test(namespace)) {
    return 'use lower case letters, digits and "-"; begin and end with a letter or digit';
  }
  if (namespace === argoCdNamespace || reservedNamespaces.test(namespace)) {
    return 'it belongs to the platform; use a namespace of your team, for example team-<name>';
  }
  return undefined;
}

/** Names of the objects of one application. */
export interface GoldenPathNames {
  /** `spec.name` of the CICDPipeline and prefix of its children. */
  pipeline: string;
  /** `metadata.name` of the CICDPipeline. */
  instance: string;
  /** Argo CD Application that watches `pipeline/` in the repository. */
  registration: string;
  /** Argo CD AppProject. */
  project: string;
}

/**
 * Names of the objects of one application.
 *
 * @param app - a valid name of an application
 */
export function goldenPathNames(app: string): GoldenPathNames {
  return {
    pipeline: `${app}-cicd`,
    instance: `${app}-cicd-pipeline`,
    registration: `${app}-cicd`,
    project: `${app}-project`,
  };
}

/** Where one environment of an application runs. */
export interface Environment {
  /** API server as Argo CD knows it. */
  server: string;
  namespace: string;
}

/** The environments of the golden path. */
export interface Environments {
  dev: Environment;
  prod: Environment;
}

/** What may be said about the environments; the rest follows from the team's namespace. */
export type EnvironmentsInput = {
  [name in keyof Environments]?: Partial<Environment>;
};

/**
 * Completes what was said about the environments: `<namespace>-dev` and
 * `<namespace>-prod` in the cluster of the pipeline.
 *
 * @param namespace - the team's namespace
 * @param input - what differs from that
 * @param hubServer - the pipeline's cluster, as Argo CD knows it
 */
export function completeEnvironments(
  namespace: string,
  input: EnvironmentsInput = {},
  hubServer: string = IN_CLUSTER,
): Environments {
  const complete = (name: keyof Environments): Environment => ({
    server: input[name]?.server ?? hubServer,
    namespace: input[name]?.namespace ?? `${namespace}-${name}`,
  });
  return { dev: complete('dev'), prod: complete('prod') };
}
