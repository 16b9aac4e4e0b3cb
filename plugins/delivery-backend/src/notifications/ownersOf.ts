import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';

/** Whom an entity belongs to, and what people call it. */
export interface Owned {
  name: string;
  /** Entity references. */
  owners: string[];
}

/** The owners of entities, as the catalog tells them. */
export function ownersOf(entities: readonly Entity[]): Map<string, Owned> {
  return new Map(
    entities.map(entity => [
      stringifyEntityRef(entity),
      {
        name: entity.metadata.title ?? entity.metadata.name,
        owners: (entity.relations ?? [])
          .filter(({ type }) => type === RELATION_OWNED_BY)
          .map(({ targetRef }) => targetRef),
      },
    ]),
  );
}
