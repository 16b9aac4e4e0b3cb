import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Before links to a new component are offered',
    example: stringify({
      steps: [
        {
          id: 'wait',
          action: 'delivery:entity:wait',
          name: 'Wait until the catalog has it',
          input: { entityRef: 'component:default/shop' },
        },
      ],
    }),
  },
  {
    description: 'With more patience',
    example: stringify({
      steps: [
        {
          id: 'wait',
          action: 'delivery:entity:wait',
          name: 'Wait until the catalog has it',
          input: { entityRef: 'component:default/shop', timeoutSeconds: 120 },
        },
      ],
    }),
  },
];
