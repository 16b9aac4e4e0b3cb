import type {
  ArgoCdApplication,
  OamApplication,
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
  deleting: boolean;
  createdAt: string;
  /** Environments that its specification names. */
  environments: string[];
}

/** A Workflow of the pipeline. */
export type RunFacts = Omit<Run, 'links'> & { uid: string };

/** What waits for pushes: an EventSource, a Sensor or an EventBus. */
export interface ListenerFacts {
  kind: string;
  name: string;
  conditions: ConditionFacts[];
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
  destination: {
    cluster?: string;
    server?: string;
    namespace?: string;
    /** Whether the cluster there is one of those that are watched. */
    watched: boolean;
  };
  /** Image references that Argo CD sees in the live objects. */
  images: string[];
  /** OAM Applications among its resources. */
  oamApplications: Array<{ name: string; namespace: string }>;
  /** When its health came to what it is. */
  healthSince?: string;
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
  /** Conditions of Argo CD have no status: being there means trouble. */
  problems: Array<{ type: string; message: string }>;
}

/** An OAM Application as KubeVela runs it. */
export interface OamFacts extends OamApplication {
  /** Images that its components ask for. */
  images: string[];
  /** Message of the condition that is not met. */
  message?: string;
  /** The step of the roll-out that failed last; it is tried again for a while. */
  failedStep?: { name: string; message?: string };
  /** Whether the phase is about an older manifest. */
  outdated: boolean;
  deleting: boolean;
}

/** A Deployment or the like that an OAM Application brought. */
export interface WorkloadFacts {
  kind: string;
  name: string;
  namespace: string;
  /** Name of the OAM Application. */
  oamApplication?: string;
  ready: number;
  desired: number;
}

/** Everything that the sources know of one pipeline. */
export interface Facts {
  pipeline?: PipelineFacts;
  /** Kind of the pipeline; absent where the resource group is none that is watched. */
  pipelineKind?: string;
  /** Resource groups that are watched. */
  resourceGroups: string[];
  /** The Application that brings the pipeline itself from Git. */
  registration?: ApplicationFacts;
  /** Newest first. */
  runs: RunFacts[];
  listeners: ListenerFacts[];
  repositories: RepositoryFacts[];
  /** One per environment. */
  applications: ApplicationFacts[];
  oamApplications: OamFacts[];
  workloads: WorkloadFacts[];
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
    workloads: [],
  };
}

/** How well a kind is known, and which stages cannot be told without it. */
export interface KindHealth extends SourceHealth {
  feeds: readonly StageKind[];
}
