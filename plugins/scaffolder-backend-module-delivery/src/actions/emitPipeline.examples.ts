import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'A pipeline with everything at its usual place',
    example: stringify({
      steps: [
        {
          id: 'pipeline',
          action: 'delivery:pipeline:emit',
          name: 'Write the pipeline',
          input: {
            name: 'shop',
            git: {
              provider: 'gitea',
              protocol: 'https',
              hostname: 'gitea.example.com',
              owner: 'golden-path',
            },
            aws: { region: 'eu-central-1', accountId: '123456789012' },
            hubHostname: 'hub.example.com',
          },
        },
      ],
    }),
  },
  {
    description:
      'A pipeline for a repository with its own folders, prod on another cluster',
    example: stringify({
      steps: [
        {
          id: 'pipeline',
          action: 'delivery:pipeline:emit',
          name: 'Write the pipeline',
          input: {
            name: 'shop',
            namespace: 'team-retail',
            git: {
              provider: 'github',
              protocol: 'https',
              hostname: 'github.com',
              owner: 'golden-path',
            },
            aws: {
              region: 'eu-central-1',
              accountId: '123456789012',
              resourcePrefix: 'retail',
              clusterName: 'hub',
              deployClusterName: 'spoke-dev',
            },
            hubHostname: 'hub.example.com',
            dockerfilePath: 'server',
            deploymentPath: './deploy',
            environments: {
              prod: {
                server: 'https://prod.example.com',
                namespace: 'retail',
              },
            },
            targetPath: 'ci/pipeline.yaml',
          },
        },
      ],
    }),
  },
  {
    description:
      'A pipeline where Argo CD is an EKS Capability in a namespace of its own, prod on another cluster',
    example: stringify({
      steps: [
        {
          id: 'pipeline',
          action: 'delivery:pipeline:emit',
          name: 'Write the pipeline',
          input: {
            name: 'shop',
            git: {
              provider: 'github',
              protocol: 'https',
              hostname: 'github.com',
              owner: 'golden-path',
            },
            aws: { region: 'eu-central-1', accountId: '123456789012' },
            hubHostname: 'hub.example.com',
            hubServer: 'arn:aws:eks:eu-central-1:123456789012:cluster/hub',
            argoCdNamespace: 'gitops',
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
