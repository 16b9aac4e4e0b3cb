import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Before anything is made, with the usual namespace',
    example: stringify({
      steps: [
        {
          id: 'check',
          action: 'delivery:app:check',
          name: 'Check that it can be made',
          input: {
            name: 'shop',
            gitHost: 'gitea.example.com',
            gitOwner: 'golden-path',
          },
        },
      ],
    }),
  },
  {
    description: 'With prod on another cluster',
    example: stringify({
      steps: [
        {
          id: 'check',
          action: 'delivery:app:check',
          name: 'Check that it can be made',
          input: {
            name: 'shop',
            namespace: 'team-retail',
            gitHost: 'gitea.example.com',
            gitOwner: 'golden-path',
            cluster: 'hub',
            environments: {
              prod: {
                server: 'https://prod.example.com',
                namespace: 'retail',
              },
            },
          },
        },
      ],
    }),
  },
  {
    description:
      'Where Argo CD is an EKS Capability, with prod on another cluster',
    example: stringify({
      steps: [
        {
          id: 'check',
          action: 'delivery:app:check',
          name: 'Check that it can be made',
          input: {
            name: 'shop',
            gitHost: 'github.com',
            gitOwner: 'golden-path',
            hubServer: 'arn:aws:eks:eu-central-1:123456789012:cluster/hub',
            environments: {
              prod: {
                server:
                  'arn:aws:eks:eu-central-1:123456789012:cluster/spoke-prod',
              },
            },
          },
        },
      ],
    }),
  },
];
