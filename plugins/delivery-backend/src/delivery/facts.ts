import type {
  ArgoCdApplication,
  KargoStage,
  OamApplication,
  Part,
  PodProblem,
  Rollout,
  Run,
  SourceHealth,
  StageKind,
} from '@golden-path/plugin-delivery-common';

/**
 * A condition as every system writes it in `status.conditions`.
 *
 * @see https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md
 */
export interface ConditionFacts {
  type: string;
  /** `True`, `False` or `Unknown`. */
  status: string;
  reason?: string;
  message?: string;
  /** ISO 8601. */
  since?: string;
}

/** The kro instance that is the pipeline. */
export interface PipelineFacts {
  kind: string;
  name: string;
  namespace: string;
  uid: string;
  /** Id of the ApplySet that its children are part of. */
  applySetId?: string;
  /** `spec.name`: prefix of the names of nearly all children. */
  pipelineName: string;
  /** `spec.application.name`. */
  applicationName: string;
  /** `status.state`: `ACTIVE`, `IN_PROGRESS`, `ERROR` or `DELETING`. */
  state?: string;
  /** The condition that this kro version prints beside the state. */
  ready?: ConditionFacts;
  conditions: ConditionFacts[];
  /** Ids of the resources that kro waits for. */
  waitingFor: string[];
  /** The annotation that suspends it, where one does. */
  suspendedBy?: string;
  /** When kro took note of that; absent up to kro 0.9.2. */
  suspendedSince?: string;
  /** Kinds that kro says its children are of; absent from its annotations up to kro 0.4. */
  childKinds: Array<{ group: string; kind: string }>;
  /** Namespaces that kro says its children are in, its own first. */
  childNamespaces: string[];
  /** One for each resource of its graph, in the order in which kro makes them. */
  parts: Part[];
  deleting: boolean;
  createdAt: string;
  /** Environments that its specification names. */
  environments: string[];
}

/** The ResourceGraphDefinition that defines the pipeline. */
export interface ResourceGraphFacts {
  name: string;
  group: string;
  kind?: string;
  /** `Active` or `Inactive`; absent while kro has not looked at it. */
  state?: string;
  conditions: ConditionFacts[];
  /** Conditions of instances that it prints in place of the usual one. */
  printedConditions: string[];
  /** Whether kro has not looked at its newest content yet. */
  outdated: boolean;
  deleting: boolean;
  /** When it got its present content; known from kro 0.9 on. */
  revisedAt?: string;
}

/** A Workflow of the pipeline. */
export type RunFacts = Omit<Run, 'links'> & { uid: string };

/** What waits for pushes: an EventSource, a Sensor or an EventBus. */
export interface ListenerFacts {
  kind: string;
  name: string;
  conditions: ConditionFacts[];
  /** Of a Sensor: which events it lets through to the build. */
  filter?: EventFilterFacts;
  /** The Deployment that does the listening, where it is known. */
  listening?: { desired: number; available: number; message?: string };
}

/** Which events start a build. Scripts are not repeated, only that there is one. */
export interface EventFilterFacts {
  /** Git references that a push must be to, for example `refs/heads/main`. */
  refs: string[];
  /** Whether a script decides too. */
  script: boolean;
}

/** A repository of container images. */
export interface RepositoryFacts {
  name: string;
  /** Whether it holds build layers only. */
  cache: boolean;
  /** Without a tag; absent until it exists at the provider. */
  uri?: string;
  conditions: ConditionFacts[];
  createdAt: string;
}

/** One entry of an Application's `status.history`: a sync that succeeded. */
export interface DeploymentFacts {
  /** Unique in the Application; a rollback names it. */
  id: number;
  /** Git revision that was brought. */
  revision?: string;
  startedAt?: string;
  /** End of the sync; health comes later. */
  finishedAt: string;
  /** Name of the person; absent where Argo CD synced by itself. */
  by?: string;
}

/** An Argo CD Application, of an environment or of the pipeline folder. */
export interface ApplicationFacts extends ArgoCdApplication {
  uid: string;
  environment?: string;
  project?: string;
  /** Where its manifests are; several for a multi-source Application. */
  sources: ManifestSourceFacts[];
  destination: {
    /** As Argo CD names it. */
    cluster?: string;
    server?: string;
    namespace?: string;
    /** Whether the cluster there is one of those that are watched. */
    watched: boolean;
    /** Name of that cluster in the configuration. */
    watchedCluster?: string;
  };
  /** Image references that Argo CD sees in the live objects. */
  images: string[];
  /** OAM Applications among its resources. */
  oamApplications: Array<{ name: string; namespace: string }>;
  /** Rollouts, Deployments and the like that it applies itself. */
  workloads: AppliedFacts[];
  /** Instances of kro, which make such things for it. */
  instances: AppliedFacts[];
  /** Kargo Stage that may promote to it. */
  kargoStage?: { project: string; name: string };
  /** When its health came to what it is. */
  healthSince?: string;
  /** Which resource it comes from, where Argo CD says so. */
  healthMessage?: string;
  operationMessage?: string;
  /** ISO 8601. */
  operationStartedAt?: string;
  operationFinishedAt?: string;
  /** Git revision that the operation brings. */
  operationRevision?: string;
  /** Name of the person who began the operation; absent where Argo CD did by itself. */
  operationBy?: string;
  /** Oldest first. */
  deployments: DeploymentFacts[];
  /** Start of the last deployment in its history. */
  lastDeployStartedAt?: string;
  /** Whether what was compared last is what was deployed last. */
  deployedRevisionCompared: boolean;
  /** Whether it undoes changes made by hand. */
  selfHeals: boolean;
  /** Whether it deletes by itself what is no longer in Git. */
  prunes: boolean;
  /** Whether it was asked to look at Git now. */
  refreshing: boolean;
  deleting: boolean;
  /** Conditions of Argo CD have no status: being there means trouble. */
  problems: Array<{ type: string; message: string }>;
}

/** An object among the resources of an Argo CD Application. */
export interface AppliedFacts {
  group: string;
  kind: string;
  name: string;
  namespace: string;
}

/** A source of an Argo CD Application. */
export interface ManifestSourceFacts {
  /** Without credentials. */
  repository?: string;
  path?: string;
  chart?: string;
  targetRevision?: string;
}

/** How soon Argo CD looks at Git by itself. */
export interface DetectionFacts {
  /** Seconds; `0` for never. */
  period: number;
  /** Seconds that may come on top. */
  jitter: number;
}

/** An OAM Application as KubeVela runs it. */
export interface OamFacts extends OamApplication {
  /** Key of the Argo CD Application that it belongs to. */
  application: string;
  /** Images that its components ask for. */
  images: string[];
  /** Message of the condition that is not met. */
  message?: string;
  /** Why KubeVela cannot use the manifest; its phase stays what it was. */
  refused?: string;
  /** The step of the roll-out that failed last; it is tried again for a while. */
  failedStep?: { name: string; message?: string };
  /** Whether the phase is about an older manifest. */
  outdated: boolean;
  deleting: boolean;
  /** By which Backstage's own Kubernetes tab finds it. */
  kubernetesId?: string;
}

/** Tells Applications apart, also those of several namespaces. */
export function applicationKey({
  namespace,
  name,
}: {
  namespace: string;
  name: string;
}): string {
  return `${namespace}/${name}`;
}

/** An instance of kro that an environment holds, for example an `AppmodService`. */
export interface InstanceFacts {
  /** Key of the Argo CD Application that it belongs to. */
  application: string;
  kind: string;
  name: string;
  namespace: string;
  uid: string;
  applySetId?: string;
  /** Kinds that kro says its children are of. */
  childKinds: Array<{ group: string; kind: string }>;
  /** Images that it asks for. */
  images: string[];
  /** By which Backstage's own Kubernetes tab finds it. */
  kubernetesId?: string;
}

/** Which pods are those of a workload. */
export interface PodSelectorFacts {
  matchLabels: Record<string, string>;
  matchExpressions: Array<{
    key: string;
    operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    values: string[];
  }>;
}

/** A Deployment or the like that an environment holds. */
export interface WorkloadFacts {
  /** Key of the Argo CD Application that it belongs to. */
  application: string;
  kind: string;
  name: string;
  namespace: string;
  ready: number;
  desired: number;
  /** Whether all of its pods are of its newest version. */
  rolledOut: boolean;
  /** Images that it asks for. */
  images: string[];
  /** Absent where its pods are known by KubeVela's labels. */
  selector?: PodSelectorFacts;
  /** Whether an instance of kro made it. */
  ofInstance?: boolean;
  /** By which Backstage's own Kubernetes tab finds it. */
  kubernetesId?: string;
  /** Why it does not get on, in the controller's words. */
  stuck?: string;
}

/** A pod in trouble. */
export interface PodFacts {
  /** Key of the Argo CD Application that it belongs to. */
  application: string;
  problem: PodProblem;
  /** ISO 8601. */
  createdAt: string;
}

/** A Rollout of an environment. */
export interface RolloutFacts {
  /** Key of the Argo CD Application that it belongs to. */
  application: string;
  rollout: Rollout;
  ready: number;
  desired: number;
  images: string[];
  selector?: PodSelectorFacts;
}

/** A Kargo Stage. */
export interface KargoStageFacts extends KargoStage {
  /** Stages that its Freight comes from. */
  upstream: string[];
  conditions: ConditionFacts[];
  /** Freight that may come next: verified upstream, or new where it comes from no Stage. */
  available: Array<{ name: string; alias?: string; images: string[] }>;
  issues: string[];
}

/** A Kargo Warehouse. */
export interface WarehouseFacts {
  name: string;
  project: string;
  conditions: ConditionFacts[];
}

/** Everything that the sources know of one pipeline. */
export interface Facts {
  pipeline?: PipelineFacts;
  /** Kind of the pipeline; absent where the resource group is none that is watched. */
  pipelineKind?: string;
  /** What defines the pipeline; absent where it may not be read. */
  resourceGraph?: ResourceGraphFacts;
  /** Whether there is none of the name that the entity gives. */
  resourceGraphMissing?: boolean;
  /** Resource groups that there are, where the pipeline's own is not known. */
  resourceGroups: string[];
  /** The Application that brings the pipeline itself from Git. */
  registration?: ApplicationFacts;
  /** How many Applications the entity's selector selects; absent where it has none. */
  selectedApplications?: number;
  /** Newest first. */
  runs: RunFacts[];
  listeners: ListenerFacts[];
  repositories: RepositoryFacts[];
  /** One per environment. */
  applications: ApplicationFacts[];
  oamApplications: OamFacts[];
  instances: InstanceFacts[];
  workloads: WorkloadFacts[];
  /** In trouble only. */
  pods: PodFacts[];
  rollouts: RolloutFacts[];
  kargoStages: KargoStageFacts[];
  warehouses: WarehouseFacts[];
  /** Absent where Argo CD's settings cannot be read; then its defaults hold. */
  detection?: DetectionFacts;
  /** How long Argo CD waits at most between two corrections of a drift, in seconds. */
  selfHealPause?: number;
}

/** Nothing known yet. */
export function noFacts(): Facts {
  return {
    resourceGroups: [],
    runs: [],
    listeners: [],
    repositories: [],
    applications: [],
    oamApplications: [],
    instances: [],
    workloads: [],
    pods: [],
    rollouts: [],
    kargoStages: [],
    warehouses: [],
  };
}

/** How well a kind is known, and which stages cannot be told without it. */
export interface KindHealth extends SourceHealth {
  feeds: readonly StageKind[];
}
