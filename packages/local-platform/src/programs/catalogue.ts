/** One Go module of `programs/` and the toolchain that compiles it. */
export interface ProgramModule {
  folder: 'kubernetes' | 'argo' | 'kubevela' | 'gitea' | 'redis';
  /** Value of GOTOOLCHAIN. The go command brings this release as a module when it is not the installed one. */
  toolchain: string;
}

/** A Go program of the platform. */
export interface Program {
  name: string;
  module: ProgramModule;
  /** Package to build, as its module knows it. */
  package: string;
  /** Seconds that the build takes on two cores when nothing is cached and its predecessors are built. */
  expectedSeconds: number;
  tags?: string[];
  /** Needs a C compiler. */
  cgo?: boolean;
  linkerFlags?: string[];
}

const KUBERNETES_VERSION = 'v1.37.2';

const kubernetesModule: ProgramModule = {
  folder: 'kubernetes',
  toolchain: 'go1.27.3',
};
const go126 = 'go1.26.8';
const argoModule: ProgramModule = { folder: 'argo', toolchain: go126 };

const kubernetes = (name: string, expectedSeconds: number): Program => ({
  name,
  module: kubernetesModule,
  package: `k8s.io/kubernetes/cmd/${name}`,
  expectedSeconds,
  linkerFlags: [
    `-X k8s.io/component-base/version.gitVersion=${KUBERNETES_VERSION}`,
    `-X k8s.io/client-go/pkg/version.gitVersion=${KUBERNETES_VERSION}`,
  ],
});

/**
 * Every program of the platform, in the order in which a golden path needs them. They are built in this order; programs of
 * one module share what they have compiled, so the first of a module takes the longest.
 */
export const PROGRAMS: readonly Program[] = [
  {
    name: 'etcd',
    module: kubernetesModule,
    package: 'go.etcd.io/etcd/server/v3',
    expectedSeconds: 100,
  },
  kubernetes('kube-apiserver', 300),
  kubernetes('kube-controller-manager', 130),
  kubernetes('kube-scheduler', 12),
  {
    name: 'kro',
    module: kubernetesModule,
    package: 'github.com/kubernetes-sigs/kro/cmd/controller',
    expectedSeconds: 15,
  },
  {
    name: 'kwok',
    module: kubernetesModule,
    package: 'sigs.k8s.io/kwok/cmd/kwok',
    expectedSeconds: 15,
  },
  {
    name: 'gitea',
    module: { folder: 'gitea', toolchain: go126 },
    package: 'code.gitea.io/gitea',
    expectedSeconds: 210,
    tags: ['sqlite', 'sqlite_unlock_notify'],
    cgo: true,
  },
  {
    name: 'redis',
    module: { folder: 'redis', toolchain: go126 },
    package: '.',
    expectedSeconds: 5,
  },
  {
    name: 'argo-cd',
    module: kubernetesModule,
    package: './argo-cd',
    expectedSeconds: 110,
  },
  {
    name: 'workflow-controller',
    module: argoModule,
    package: './workflow-controller',
    expectedSeconds: 230,
  },
  // Before the controller that says the trigger works.
  {
    name: 'webhook-to-workflow',
    module: argoModule,
    package: './webhook-to-workflow',
    expectedSeconds: 230,
  },
  {
    name: 'events-controller',
    module: argoModule,
    package: './events-controller',
    expectedSeconds: 30,
  },
  {
    name: 'vela-core',
    module: { folder: 'kubevela', toolchain: go126 },
    package: 'github.com/oam-dev/kubevela/cmd/core',
    expectedSeconds: 200,
    // It writes its version on everything that it makes.
    linkerFlags: ['-X github.com/oam-dev/kubevela/version.VelaVersion=v1.9.7'],
  },
  kubernetes('kubectl', 20),
];

export function programNamed(name: string): Program {
  const program = PROGRAMS.find(candidate => candidate.name === name);
  if (!program) {
    throw new Error(`There is no program named ${name}`);
  }
  return program;
}
