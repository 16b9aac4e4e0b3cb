import {
  deliveryListQuerySchema,
  deploymentHistoryQuerySchema,
  doraQuerySchema,
  entityDoraListQuerySchema,
  fleetDoraQuerySchema,
  runHistoryQuerySchema,
  stepLogQuerySchema,
} from '@golden-path/plugin-delivery-common';
import packageJson from '../../package.json';
import { stepParamsSchema } from './logs/readStepParams';
import { parametersOf, refTo, schemasBehind } from './openApiSchemas';
import { entityParamsSchema } from './params';

const json = (description: string, schema: object) => ({
  description,
  content: { 'application/json': { schema } },
});

const error = (description: string) =>
  json(description, { $ref: '#/components/schemas/Error' });

const unauthenticated = error(
  'The request has no valid token, or one of a kind that may not ask.',
);

const ofEntity = {
  400: error('A path parameter is not as it must be.'),
  401: unauthenticated,
  403: error('The permission `delivery.read` is denied for the entity.'),
  404: error(
    'The entity does not exist, the user may not see it, or it has no golden path; the message says which annotation is missing.',
  ),
};

const ifNoneMatch = {
  name: 'If-None-Match',
  in: 'header',
  description: 'ETag of the newest answer that the client has.',
  schema: { type: 'string' },
};

const unchanged = { description: 'Nothing changed.' };

/** An answer that is not sent again while it is the same. */
const tagged = (description: string, schema: object) => ({
  ...json(description, schema),
  headers: {
    ETag: {
      description: 'Changes whenever the answer does.',
      schema: { type: 'string' },
    },
  },
});

const ofEntities = '/v1/entities/{kind}/{namespace}/{name}';
const entity = `${ofEntities}/delivery`;
const entityParameters = parametersOf(entityParamsSchema, 'path');

/** A route to what was recorded of an entity. */
function ofHistory(
  operationId: string,
  summary: string,
  query: Parameters<typeof parametersOf>[0],
  schema: string,
) {
  return {
    get: {
      operationId,
      summary,
      parameters: [...entityParameters, ...parametersOf(query, 'query')],
      responses: {
        200: json('As it was recorded.', refTo(schema)),
        ...ofEntity,
      },
    },
  };
}

const paths = {
  [entity]: {
    get: {
      operationId: 'getDelivery',
      summary: 'The delivery of an entity',
      parameters: [...entityParameters, ifNoneMatch],
      responses: {
        200: tagged('The delivery as it is known now.', refTo('Delivery')),
        304: unchanged,
        ...ofEntity,
      },
    },
  },
  [`${entity}/stream`]: {
    get: {
      operationId: 'streamDelivery',
      summary: 'The delivery of an entity, and again whenever it changes',
      parameters: [
        ...entityParameters,
        {
          name: 'Last-Event-ID',
          in: 'header',
          description:
            'Revision that the client has; it is then not sent again.',
          schema: { type: 'string' },
        },
      ],
      responses: {
        200: {
          description:
            'Server-sent events. `event` names the kind of event and `data` holds it.',
          content: {
            'text/event-stream': { schema: refTo('DeliveryStreamEvent') },
          },
        },
        ...ofEntity,
      },
    },
  },
  [`${entity}/operations`]: {
    post: {
      operationId: 'operate',
      summary: 'Does something to the golden path of an entity',
      parameters: entityParameters,
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: refTo('OperationRequest') },
        },
      },
      responses: {
        200: json(
          'It was done, or was so already; what it leads to comes on the stream.',
          refTo('OperationOutcome'),
        ),
        ...ofEntity,
        400: error(
          'The operation is unknown or not as it must be; the message names the field.',
        ),
        403: error(
          'The permission `delivery.operate`, or `delivery.promote` to promote, is denied for the entity.',
        ),
        409: error(
          'The present state does not allow it; the message says why.',
        ),
        503: error('Cluster or Git host did not do it; the message says why.'),
      },
    },
  },
  [`${ofEntities}/runs/{run}/steps/{step}/logs`]: {
    get: {
      operationId: 'readStepLog',
      summary: 'The log of a step of a run, and what is written to it',
      parameters: [
        ...entityParameters,
        ...parametersOf(stepParamsSchema, 'path'),
        ...parametersOf(stepLogQuerySchema, 'query'),
        {
          name: 'Last-Event-ID',
          in: 'header',
          description:
            'Id of the last event that the client has; only later lines are sent.',
          schema: { type: 'string' },
        },
      ],
      responses: {
        200: {
          description:
            'Server-sent events, or with `Accept: text/plain` a file. Without `follow` it ends with the log.',
          content: {
            'text/event-stream': { schema: refTo('StepLogEvent') },
            'text/plain': { schema: { type: 'string' } },
          },
        },
        ...ofEntity,
        403: error(
          'The permission `delivery.read` or `delivery.logs.read` is denied for the entity, or the cluster refuses its account; the message says which.',
        ),
        404: error(
          'There is no such entity, run, step, pod or container, or the pod is gone; the message says which, and where the log may be.',
        ),
        409: error('The step has not begun; ask again.'),
        503: error('The cluster does not answer; the message says why.'),
      },
    },
  },
  '/v1/deliveries': {
    get: {
      operationId: 'listDeliveries',
      summary: 'The deliveries that the user may see, a page at a time',
      parameters: [
        ...parametersOf(deliveryListQuerySchema, 'query'),
        ifNoneMatch,
      ],
      responses: {
        200: tagged('A page of rows.', refTo('DeliveryList')),
        304: unchanged,
        400: error(
          'A query parameter is unknown or not as it must be; the message names it.',
        ),
        401: unauthenticated,
        403: error('A service asks; the list is for users.'),
      },
    },
  },
  [`${ofEntities}/history`]: ofHistory(
    'listRuns',
    'Finished runs of an entity, also those that the cluster forgot',
    runHistoryQuerySchema,
    'RunHistory',
  ),
  [`${ofEntities}/history/deployments`]: ofHistory(
    'listDeployments',
    'What was deployed where, and promotions',
    deploymentHistoryQuerySchema,
    'DeploymentHistory',
  ),
  [`${ofEntities}/dora`]: ofHistory(
    'getDora',
    'The DORA figures of an entity',
    doraQuerySchema,
    'Dora',
  ),
  '/v1/dora': {
    get: {
      operationId: 'getDoraOfAll',
      summary:
        'The DORA figures of all golden paths that the user may see, or of some of them, taken together',
      parameters: parametersOf(fleetDoraQuerySchema, 'query'),
      responses: {
        200: json('The figures.', refTo('Dora')),
        400: error(
          'A query parameter is unknown or not as it must be; the message names it.',
        ),
        401: unauthenticated,
        403: error('A service asks; the figures are for users.'),
      },
    },
  },
  '/v1/dora/entities': {
    get: {
      operationId: 'listDora',
      summary:
        'The DORA figures of each of some entities that the user may see, by itself',
      parameters: parametersOf(entityDoraListQuerySchema, 'query'),
      responses: {
        200: json('The figures.', refTo('EntityDoraList')),
        400: error(
          'A query parameter is unknown or not as it must be; the message names it.',
        ),
        401: unauthenticated,
        403: error('A service asks; the figures are for users.'),
      },
    },
  },
  '/v1/health': {
    get: {
      operationId: 'getHealth',
      summary: 'How the watches do, for users and services',
      responses: {
        200: json('Every cluster and every kind.', refTo('WatchHealth')),
        401: unauthenticated,
        403: error('The permission `delivery.health.read` is denied.'),
      },
    },
  },
  '/v1/openapi.json': {
    get: {
      operationId: 'getOpenApi',
      summary: 'This document',
      responses: {
        200: json('This document.', { type: 'object' }),
        401: unauthenticated,
      },
    },
  },
};

/** The OpenAPI document of the plugin's routes, made from the schemas that they use. */
export function openApi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Delivery',
      version: packageJson.version,
      description:
        'What is known of the golden path of catalog entities, as it is now and as it changes.',
      license: { name: packageJson.license, identifier: packageJson.license },
    },
    servers: [{ url: '/api/delivery' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
      schemas: {
        ...schemasBehind(bodiesOf(paths)),
        Error: {
          type: 'object',
          required: ['error'],
          properties: {
            error: {
              type: 'object',
              required: ['name', 'message'],
              properties: {
                name: { type: 'string' },
                message: { type: 'string' },
              },
            },
          },
        },
      },
    },
  };
}

/** What is sent and answered; errors are Backstage's own, and no schema of ours. */
function bodiesOf(all: typeof paths) {
  return Object.values(all)
    .flatMap(methods => Object.values(methods))
    .map(({ requestBody, responses }: Method) => [requestBody, responses[200]]);
}

interface Method {
  requestBody?: object;
  responses: { 200: object };
}
