/** What plants are made with. */
export interface Garden {
  namespace: string;
  /** A fresh string that must not come out; the name says where it is put. */
  secret(name: string): string;
  /** A fresh word that must come out: it proves that the object was read and is shown. */
  shown(name: string): string;
}

/** An object of the cluster with marked strings in it. */
export interface Plant {
  /** Of its collection. */
  path: string;
  object: {
    apiVersion: string;
    kind: string;
    metadata: { name: string } & Record<string, unknown>;
    [field: string]: unknown;
  };
  /** Set where the API server takes the status only by itself. */
  status?: object;
  /** Whether it does not go with the namespace. */
  isClusterWide?: boolean;
  /** Whether a controller writes a status once, which ours has to follow. */
  afterController?: boolean;
}

export const APPLICATION = 'canary';
export const PIPELINE = `${APPLICATION}-cicd`;

/** Annotations in which tools keep the whole manifest once more. */
export function manifestAnnotations({ secret }: Garden, of: string) {
  const manifest = (tool: string) =>
    JSON.stringify({ spec: { env: [{ value: secret(`${tool} of ${of}`) }] } });
  return {
    'kubectl.kubernetes.io/last-applied-configuration': manifest('kubectl'),
    'app.oam.dev/last-applied-configuration': manifest('KubeVela'),
    'kapp.k14s.io/original': manifest('kapp'),
    'objectset.rio.cattle.io/applied': manifest('Fleet'),
    'example.com/note': manifest('somebody'),
  };
}

/** A message as systems write it: what is worth knowing, and what they ought not to have quoted. */
export function message({ secret, shown }: Garden, of: string): string {
  const mark = (form: string) => secret(`${form} in ${of}`);
  return [
    shown(of),
    `cannot clone https://ci:${mark('URL')}@git.example/team/canary.git:`,
    `> Authorization: Bearer ${mark('header')}`,
    `{"password":"${mark('JSON')}"}`,
    `AWS_SECRET_ACCESS_KEY=${mark('environment')}`,
    `--registry-token ${mark('argument')}`,
    `rejected bearer ${mark('bearer token')}`,
    `?X-Amz-Signature=${mark('signed URL')}`,
  ].join(' ');
}

/** Where a container keeps what it is told. */
export function container({ secret }: Garden, of: string) {
  return {
    name: 'main',
    image: 'registry.example/tool:1',
    command: ['sh', '-c', `echo ${secret(`command of ${of}`)}`],
    args: [`--password=${secret(`argument of ${of}`)}`],
    env: [{ name: 'TOKEN', value: secret(`environment of ${of}`) }],
  };
}
