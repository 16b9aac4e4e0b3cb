import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import {
  deploymentHistoryQuerySchema,
  doraQuerySchema,
  entityDoraListQuerySchema,
  fleetDoraQuerySchema,
  runHistoryQuerySchema,
  type DeploymentHistory,
  type Dora,
  type EntityDoraList,
  type RunHistory,
} from '@golden-path/plugin-delivery-common';
import type express from 'express';
import { locate } from '../delivery/locate';
import { FiguresOfMany } from '../history/FiguresOfMany';
import type { HistoryReader } from '../history/HistoryReader';
import { pipelineKey } from '../history/pipelineKey';
import type { DeliveryService } from '../service/DeliveryService';
import { inSlices } from '../service/inSlices';
import { foundRow } from './list/listDeliveries';
import { isAskedFor } from './list/pageOf';
import { readQuery } from './params';

export interface HistoryRoutesOptions {
  history: Pick<HistoryReader, 'runs' | 'deployments' | 'dora' | 'doraOfEach'>;
  delivery: Pick<DeliveryService, 'overview'>;
  /** The entity of a request, if its user may see its delivery; throws where not. */
  admitToEntity(request: express.Request): Promise<{ entity: Entity }>;
  /** The entities whose delivery the user of a request may see. */
  admitToList(request: express.Request): Promise<readonly Entity[]>;
}

const ENTITY = '/v1/entities/:kind/:namespace/:name';
const DAY_MS = 86_400_000;

/** Paths of {@link addHistoryRoutes}. */
export const HISTORY_PATHS = [
  `${ENTITY}/history`,
  `${ENTITY}/history/deployments`,
  `${ENTITY}/dora`,
  '/v1/dora',
  '/v1/dora/entities',
];

/** Routes to what was recorded of pipelines. */
export function addHistoryRoutes(
  router: express.Router,
  options: HistoryRoutesOptions,
): void {
  const { history, delivery, admitToEntity, admitToList } = options;
  const [runs, deployments, dora, doraOfAll, doraOfEach] = HISTORY_PATHS;

  /** The pipeline of an entity, and which of its environments is production. */
  const pipelineOf = (entity: Entity) => {
    const { cluster, production } = delivery.overview(entity);
    const { location } = locate(entity.metadata.annotations ?? {}, [cluster]);
    return {
      pipeline: pipelineKey({ ...location, cluster }),
      production,
    };
  };

  router.get(runs, async (request, response) => {
    const { entity } = await admitToEntity(request);
    const query = readQuery(runHistoryQuerySchema, request.query);
    const answer = await history.runs(pipelineOf(entity).pipeline, query);
    send(response, answer satisfies RunHistory);
  });

  router.get(deployments, async (request, response) => {
    const { entity } = await admitToEntity(request);
    const query = readQuery(deploymentHistoryQuerySchema, request.query);
    const answer = await history.deployments(
      pipelineOf(entity).pipeline,
      query,
    );
    send(response, answer satisfies DeploymentHistory);
  });

  router.get(dora, async (request, response) => {
    const { entity } = await admitToEntity(request);
    const { days, parts } = readQuery(doraQuerySchema, request.query);
    const answer = await history.dora([pipelineOf(entity)], {
      now: new Date(),
      windowMs: days * DAY_MS,
      parts,
    });
    send(response, answer satisfies Dora);
  });

  const figuresOfMany = new FiguresOfMany(history);

  router.get(doraOfAll, async (request, response) => {
    const entities = await admitToList(request);
    const { days, parts, ...filter } = readQuery(
      fleetDoraQuerySchema,
      request.query,
    );
    const owner = filter.owner?.map(lowercased);
    const pipelines: Array<ReturnType<typeof pipelineOf>> = [];
    await inSlices(entities, entity => {
      const found = foundRow(entity, delivery);
      const owners = found.owners.map(lowercased);
      if (isAskedFor({ ...found, owners }, { ...filter, owner })) {
        pipelines.push(pipelineOf(entity));
      }
    });
    const answer = await figuresOfMany.of(pipelines, {
      windowMs: days * DAY_MS,
      parts,
    });
    send(response, answer satisfies Dora);
  });

  router.get(doraOfEach, async (request, response) => {
    const entities = await admitToList(request);
    const { entityRef, days } = readQuery(
      entityDoraListQuerySchema,
      request.query,
    );
    const admitted = new Map(
      entities.map(entity => [stringifyEntityRef(entity), entity]),
    );
    const asked = [...new Set(entityRef.map(lowercased))].filter(ref =>
      admitted.has(ref),
    );
    const figures = await history.doraOfEach(
      asked.map(ref => pipelineOf(admitted.get(ref)!)),
      { now: new Date(), windowMs: days * DAY_MS },
    );
    const answer: EntityDoraList = {
      items: asked.map((ref, index) => ({
        entityRef: ref,
        figures: figures[index],
      })),
    };
    send(response, answer);
  });
}

/** Entity references are compared without regard to case. */
function lowercased(text: string): string {
  return text.toLocaleLowerCase('en-US');
}

/** Stored, but asked for again each time: the answer depends on who asks. */
function send(response: express.Response, answer: object): void {
  response.setHeader('Cache-Control', 'private, no-cache');
  response.json(answer);
}
