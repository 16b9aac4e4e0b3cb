import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'The pipeline of a new repository on the first cluster',
    example: stringify({
      steps: [
        {
          id: 'register',
          action: 'delivery:pipeline:register',
          name: 'Register the pipeline',
          input: {
            name: 'shop',
            repositoryUrl: 'https://gitea.example.com/golden-path/shop.git',
          },
        },
      ],
    }),
  },
  {
    description: 'On a certain cluster, with prod on another one',
    example: stringify({
      steps: [
        {
          id: 'register',
          action: 'delivery:pipeline:register',
          name: 'Register the pipeline',
          input: {
            name: 'shop',
            namespace: 'team-retail',
            repositoryUrl: 'https://gitea.example.com/golden-path/shop.git',
            pipelinePath: 'ci',
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
          id: 'register',
          action: 'delivery:pipeline:register',
          name: 'Register the pipeline',
          input: {
            name: 'shop',
            repositoryUrl: 'https://github.com/golden-path/shop.git',
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
