import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const image = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/peeks/shop';

export const examples: TemplateExample[] = [
  {
    description: 'A service in dev',
    example: stringify({
      steps: [
        {
          id: 'dev',
          action: 'delivery:application:emit',
          name: 'Write what runs in dev',
          input: {
            name: 'shop',
            environment: 'dev',
            components: [{ type: 'service', image, port: 8080 }],
          },
        },
      ],
    }),
  },
  {
    description: 'A published service in prod that may use its table',
    example: stringify({
      steps: [
        {
          id: 'prod',
          action: 'delivery:application:emit',
          name: 'Write what runs in prod',
          input: {
            name: 'shop',
            environment: 'prod',
            components: [
              {
                type: 'service',
                image,
                port: 8080,
                replicas: 3,
                env: { LOG_LEVEL: 'info', GREETING: 'hello: world' },
              },
              {
                type: 'table',
                region: 'eu-central-1',
                partitionKey: 'id',
                sortKey: 'time',
                sortKeyType: 'N',
              },
              { type: 'ingress', domain: 'apps.example.com', path: '/shop' },
              { type: 'iam', clusterName: 'spoke-prod' },
            ],
          },
        },
      ],
    }),
  },
  {
    description: 'Parts that a form left out',
    example: stringify({
      steps: [
        {
          id: 'dev',
          action: 'delivery:application:emit',
          name: 'Write what runs in dev',
          input: {
            name: 'shop',
            environment: 'dev',
            components: [
              { type: 'service', image, port: 3000 },
              {
                type: 'table',
                enabled: false,
                region: 'eu-central-1',
                partitionKey: 'id',
              },
              { type: 'iam', enabled: false },
            ],
            targetPath: 'deploy/dev/app.yaml',
          },
        },
      ],
    }),
  },
];
