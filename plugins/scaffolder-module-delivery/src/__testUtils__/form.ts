import type { ScaffolderApi } from '@backstage/plugin-scaffolder-react';

/** In the catalog already. */
export const taken = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'taken' },
  spec: {},
};

/** A template whose first page asks for a name. */
export const formAsking = {
  getTemplateParameterSchema: async () => ({
    title: 'Create app',
    steps: [
      {
        title: 'Your application',
        schema: {
          type: 'object',
          required: ['name'],
          properties: {
            name: {
              type: 'string',
              title: 'Name',
              description: 'It names the repository.',
              'ui:field': 'DeliveryAppName',
            },
          },
        },
      },
      { title: 'What it needs', schema: { type: 'object', properties: {} } },
    ],
  }),
} as Partial<ScaffolderApi> as ScaffolderApi;
