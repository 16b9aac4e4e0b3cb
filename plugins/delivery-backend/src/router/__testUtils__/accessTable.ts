/** What it takes to be answered. */
export type Need =
  | 'entity'
  | 'plain'
  | 'logs'
  | 'operate'
  | 'list'
  | 'health'
  | 'nothing';

export interface Route {
  path: string;
  needs: Need;
  method?: 'POST';
  /** What the audit log says of it, beside the outcome. */
  audited?: object;
}

const CHECKOUT = 'component:default/checkout';
const OF_CHECKOUT = '/v1/entities/component/default/checkout';
export const SYNC = { operation: 'sync', environment: 'dev' };
const STEP = { run: 'checkout-cicd-9f3c1', step: 'checkout-code' };

const ofCheckout = (
  path: string,
  queryType: string,
  needs: Need = 'entity',
  more: object = {},
): Route => ({
  path: `${OF_CHECKOUT}/${path}`,
  needs,
  audited: { queryType, entityRef: CHECKOUT, ...more },
});

export const ROUTES: Record<string, Route> = {
  document: ofCheckout('delivery', 'document'),
  stream: ofCheckout('delivery/stream', 'stream'),
  runs: ofCheckout('history', 'history'),
  deployments: ofCheckout('history/deployments', 'history'),
  dora: ofCheckout('dora', 'history'),
  log: ofCheckout(
    `runs/${STEP.run}/steps/${STEP.step}/logs`,
    'log',
    'logs',
    STEP,
  ),
  operations: {
    path: `${OF_CHECKOUT}/delivery/operations`,
    needs: 'operate',
    method: 'POST',
    audited: { ...SYNC, entityRef: CHECKOUT },
  },
  plain: {
    path: '/v1/entities/component/default/plain/delivery',
    needs: 'plain',
    audited: { queryType: 'document', entityRef: 'component:default/plain' },
  },
  list: {
    path: '/v1/deliveries',
    needs: 'list',
    audited: { queryType: 'list' },
  },
  'DORA of an owner': {
    path: '/v1/dora?owner=group:default/team-a',
    needs: 'list',
    audited: { queryType: 'history' },
  },
  'DORA of all': {
    path: '/v1/dora',
    needs: 'list',
    audited: { queryType: 'history' },
  },
  'DORA of each': {
    path: `/v1/dora/entities?entityRef=${CHECKOUT}`,
    needs: 'list',
    audited: { queryType: 'history' },
  },
  health: {
    path: '/v1/health',
    needs: 'health',
    audited: { queryType: 'health' },
  },
  openapi: { path: '/v1/openapi.json', needs: 'nothing' },
};

/** This portal has no account in any cluster, which is said after all checks. */
const NO_ACCOUNT = 503;

/** Status by what a route needs, and how many rows the list has, for everybody who may ask. */
export const TABLE: Array<[string, Record<Need, number>, number | undefined]> =
  [
    ['allowed', granted({}), 2],
    ['owner', granted({ health: 403 }), 1],
    ['reader', granted({ logs: 403, operate: 403, health: 403 }), 2],
    ['stranger', refused({ list: 200 }), 0],
    ['denied', refused({ list: 200 }), 0],
    ['blind', { ...all(404), list: 200, health: 403, nothing: 200 }, 0],
    ['nobody', all(401), undefined],
    ['expired', all(401), undefined],
    ['service', refused({ health: 200 }), undefined],
    ['restricted service', refused({}), undefined],
  ];

function all(status: number): Record<Need, number> {
  return {
    entity: status,
    plain: status,
    logs: status,
    operate: status,
    list: status,
    health: status,
    nothing: status,
  };
}

export function granted(but: Partial<Record<Need, number>>) {
  const noAccount = { logs: NO_ACCOUNT, operate: NO_ACCOUNT };
  return { ...all(200), ...noAccount, plain: 404, ...but };
}

function refused(but: Partial<Record<Need, number>>) {
  return { ...all(403), nothing: 200, ...but };
}

/** An operation is noted with how it ended, a question with whether it was granted. */
export function outcomeOf({ needs }: Route, status: number): string {
  if (status === 200 || (status === NO_ACCOUNT && needs === 'logs')) {
    return 'succeeded';
  }
  const errors: Record<number, string> = {
    403: 'NotAllowedError',
    404: 'NotFoundError',
    [NO_ACCOUNT]: 'ServiceUnavailableError',
  };
  return `failed: ${errors[status]}`;
}
