import {
  deliverySchema,
  deliveryStreamEventSchema,
  diagnosisSchema,
  environmentSchema,
  linkSchema,
  runSchema,
  sentenceSchema,
  sourceHealthSchema,
  stageSchema,
  stageStatusSchema,
  stepSchema,
} from '@golden-path/plugin-delivery-common';
import { z } from 'zod';
import packageJson from '../../package.json';
import { entityParamsSchema } from './params';

const named = {
  Delivery: deliverySchema,
  DeliveryStreamEvent: deliveryStreamEventSchema,
  Diagnosis: diagnosisSchema,
  Environment: environmentSchema,
  Link: linkSchema,
  Run: runSchema,
  Sentence: sentenceSchema,
  SourceHealth: sourceHealthSchema,
  Stage: stageSchema,
  StageStatus: stageStatusSchema,
  Step: stepSchema,
};

const error = (description: string) => ({
  description,
  content: {
    'application/json': { schema: { $ref: '#/components/schemas/Error' } },
  },
});

const errors = {
  400: error('A path parameter is not as it must be.'),
  401: error('The request has no valid token of a user.'),
  403: error('The permission `delivery.read` is denied for the entity.'),
  404: error(
    'The entity does not exist, the user may not see it, or it has no golden path; the message says which annotation is missing.',
  ),
};

/** The OpenAPI document of the plugin's routes, made from the schemas that they use. */
export function openApi() {
  const path = '/v1/entities/{kind}/{namespace}/{name}/delivery';
  const parameters = parametersOf(entityParamsSchema);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Delivery',
      version: packageJson.version,
      description:
        'What is known of the golden path of a catalog entity, as it is now and as it changes.',
      license: { name: packageJson.license, identifier: packageJson.license },
    },
    servers: [{ url: '/api/delivery' }],
    security: [{ user: [] }],
    paths: {
      [path]: {
        get: {
          operationId: 'getDelivery',
          summary: 'The delivery of an entity',
          parameters: [
            ...parameters,
            {
              name: 'If-None-Match',
              in: 'header',
              description: 'ETag of the newest answer that the client has.',
              schema: { type: 'string' },
            },
          ],
          responses: {
            200: {
              description: 'The delivery as it is known now.',
              headers: {
                ETag: {
                  description: 'The revision.',
                  schema: { type: 'string' },
                },
              },
              content: {
                'application/json': {
                  schema: { $ref: '#/components/schemas/Delivery' },
                },
              },
            },
            304: { description: 'Nothing changed.' },
            ...errors,
          },
        },
      },
      [`${path}/stream`]: {
        get: {
          operationId: 'streamDelivery',
          summary: 'The delivery of an entity, and again whenever it changes',
          parameters: [
            ...parameters,
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
                'text/event-stream': {
                  schema: { $ref: '#/components/schemas/DeliveryStreamEvent' },
                },
              },
            },
            ...errors,
          },
        },
      },
    },
    components: {
      securitySchemes: {
        user: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
      schemas: {
        ...schemasOf(named),
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

/** Each schema once; wherever one holds another, it refers to it. */
function schemasOf(schemas: Record<string, z.ZodType>) {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) {
    registry.add(schema, { id });
  }
  const generated = z.toJSONSchema(registry, {
    io: 'input',
    uri: id => `#/components/schemas/${id}`,
  });
  return Object.fromEntries(
    Object.entries(generated.schemas).map(
      ([id, { $id: _id, $schema: _schema, ...schema }]) => [id, schema],
    ),
  );
}

function parametersOf(schema: typeof entityParamsSchema) {
  const { properties } = z.toJSONSchema(schema);
  return Object.entries(properties ?? {}).map(([name, property]) => {
    const { description, ...rest } = property as { description?: string };
    return { name, in: 'path', required: true, description, schema: rest };
  });
}
