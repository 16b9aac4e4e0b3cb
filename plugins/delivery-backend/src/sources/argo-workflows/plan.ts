import { z } from 'zod';
import { listOf, part, text } from '../lenient';

/** A task that a run is going to do, as far as its template tells. */
export interface PlannedStep {
  name: string;
  template?: string;
  /** Names of the tasks before it. */
  dependsOn: string[];
}

const templateSpecSchema = z.object({
  entrypoint: text,
  templates: listOf(
    z.object({
      name: z.string(),
      dag: part({
        tasks: listOf(
          z.object({
            name: z.string(),
            template: text,
            templateRef: part({ template: text }),
            dependencies: listOf(z.string()),
            depends: text,
          }),
        ),
      }),
    }),
  ),
});

/**
 * The tasks of the DAG that a run starts with. Nothing else of a template is read: it
 * holds commands and environment variables.
 *
 * @param spec - `status.storedWorkflowTemplateSpec`
 * @see https://argo-workflows.readthedocs.io/en/latest/enhanced-depends-logic/
 */
export function planOf(spec: unknown): PlannedStep[] {
  const { data } = templateSpecSchema.safeParse(spec);
  const entry = data?.templates.find(({ name }) => name === data.entrypoint);
  const tasks = entry?.dag.tasks ?? [];
  const names = new Set(tasks.map(({ name }) => name));
  return tasks.map(task => ({
    name: task.name,
    template: task.template ?? task.templateRef.template,
    dependsOn: [...task.dependencies, ...namesIn(task.depends ?? '')].filter(
      name => names.has(name),
    ),
  }));
}

/** `a && (b.Succeeded || !c.Failed)` names a, b and c. */
function namesIn(depends: string): string[] {
  return depends
    .split(/[\s&|!()]+/)
    .map(term => term.split('.')[0])
    .filter(Boolean);
}
