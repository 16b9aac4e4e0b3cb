import { z } from 'zod';
import type { RepositoryFacts } from '../../delivery/facts';
import { conditions, part, text } from '../lenient';
import { childrenOf } from '../membership';
import { namesOf } from '../names';
import { oncePerObject } from '../oncePerObject';
import type { Source, WatchedKind } from '../source';
import { trimmed } from '../trimmed';

const repositoryKind: WatchedKind = {
  group: 'ecr.services.k8s.aws',
  kind: 'Repository',
  trim: object =>
    trimmed(object, {
      spec: ['name'],
      status: ['repositoryURI', 'conditions'],
    }),
  place: 'pipeline',
  feeds: ['image'],
};

const repositorySchema = z.object({
  spec: part({ name: text }),
  status: part({ repositoryURI: text, conditions }),
});

/**
 * Reads a repository.
 *
 * @see https://aws-controllers-k8s.github.io/community/reference/ecr/v1alpha1/repository/
 */
export const readRepository = oncePerObject((object): RepositoryFacts => {
  const { spec, status } = repositorySchema.parse(object);
  return {
    name: spec.name ?? object.metadata.name,
    cache: /-cache-repo$/.test(object.metadata.name),
    uri: status.repositoryURI || undefined,
    conditions: status.conditions,
    createdAt: object.metadata.creationTimestamp,
  };
});

/** Amazon ECR through its ACK controller: where images and build layers are kept. */
export const ecr: Source = {
  system: 'ECR',
  kinds: [repositoryKind],
  collect({ location, objects, found }) {
    const { pipelineName } = namesOf(location, found);
    const children = found.pipeline
      ? childrenOf(objects, repositoryKind, found.pipeline)
      : [];
    const byName = ['main', 'cache'].flatMap(
      use =>
        objects.get(
          repositoryKind,
          `${pipelineName}-${use}-repo`,
          location.instanceNamespace,
        ) ?? [],
    );
    return {
      repositories: (children.length > 0 ? children : byName).map(
        readRepository,
      ),
    };
  },
};
