import type { Analysis } from '@golden-path/plugin-delivery-common';
import { z } from 'zod';
import type { KubernetesObject } from '../../kubernetes/types';
import { isObject, listOf, part, text } from '../lenient';
import { pick } from '../trimmed';

/** Arguments and measured values may hold anything; words and phases are kept. */
export function trimAnalysisRun(object: KubernetesObject): KubernetesObject {
  const status = isObject(object.status) ? object.status : {};
  const results = Array.isArray(status.metricResults)
    ? status.metricResults
    : [];
  return {
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: object.metadata,
    status: {
      ...pick(status, ['phase', 'message']),
      metricResults: results.map(result => ({
        ...pick(result, ['name', 'phase', 'message']),
        measurements: (isObject(result) && Array.isArray(result.measurements)
          ? result.measurements
          : []
        )
          .slice(-1)
          .map(measurement => pick(measurement, ['phase', 'message'])),
      })),
    },
  };
}

const analysisRunSchema = z.object({
  status: part({
    phase: text,
    message: text,
    metricResults: listOf(
      z.object({
        name: z.string(),
        phase: text,
        message: text,
        measurements: listOf(z.object({ phase: text, message: text })),
      }),
    ),
  }),
});

/** Ends of a metric that decide about the whole, the clearest first. */
const DECIDING = ['Failed', 'Error', 'Inconclusive'];

/**
 * Reads an AnalysisRun.
 *
 * @see https://github.com/argoproj/argo-rollouts/blob/master/pkg/apis/rollouts/v1alpha1/analysis_types.go
 */
export function readAnalysis(object: KubernetesObject): Analysis {
  const { status } = analysisRunSchema.parse(object);
  const deciding = DECIDING.flatMap(phase =>
    status.metricResults.filter(metric => metric.phase === phase),
  ).at(0);
  return {
    name: object.metadata.name,
    phase: status.phase,
    metric: deciding?.name,
    message:
      status.message ||
      deciding?.message ||
      deciding?.measurements.at(-1)?.message ||
      undefined,
  };
}
