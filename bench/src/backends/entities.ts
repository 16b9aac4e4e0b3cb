import { readFileSync } from 'node:fs';
import { createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';

/** Brings the entities of a benchmark into the real catalog, from the file in BENCH_ENTITIES. */
export default createBackendModule({
  pluginId: 'catalog',
  moduleId: 'bench',
  register(env) {
    env.registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        const entities = JSON.parse(
          readFileSync(process.env.BENCH_ENTITIES!, 'utf8'),
        );
        catalog.addEntityProvider({
          getProviderName: () => 'bench',
          connect: connection =>
            connection.applyMutation({
              type: 'full',
              entities: entities.map((entity: any) => ({
                locationKey: 'bench',
                entity: {
                  ...entity,
                  metadata: {
                    ...entity.metadata,
                    annotations: {
                      ...entity.metadata.annotations,
                      'backstage.io/managed-by-location': 'url:http://bench/',
                      'backstage.io/managed-by-origin-location':
                        'url:http://bench/',
                    },
                  },
                },
              })),
            }),
        });
      },
    });
  },
});
