import { z } from 'zod';
import { listOf, part, text } from '../lenient';

/** A task that a run is going to do, as far as its template tells. */
export interface PlannedStep {
  name: string;
  template?: string;
  /** Names of the tasks before it. */
  dependsOn: string[];
}

const taskSchema = z.object({
  name: z.string(),
  template: text,
  templateRef: part({ template: text }),
  dependencies: listOf(z.string()),
  depends: text,
});

type Task = z.infer<typeof taskSchema>;

const templateSpecSchema = z.object({
  entrypoint: text,
  templates: listOf(
    z.object({
      name: z.string(),
      dag: part({ tasks: listOf(taskSchema) }),
      steps: listOf(listOf(taskSchema)),
    }),
  ),
});

/**
 * The tasks of the DAG, or the steps, that a run starts with. Nothing else of a template
 * is read: it holds commands and environment variables.
 *
 * @param spec - `status.storedWorkflowTemplateSpec`, or the Workflow's own
 * @see https://argo-workflows.readthedocs.io/en/latest/enhanced-depends-logic/
 */
export function planOf(spec: unknown): PlannedStep[] {
  const { data } = templateSpecSchema.safeParse(spec);
  const entry = data?.templates.find(({ name }) => name === data.entrypoint);
  return entry
    ? [...planOfDag(entry.dag.tasks), ...planOfRows(entry.steps)]
    : [];
}

function planOfDag(tasks: readonly Task[]): PlannedStep[] {
  const names = new Set(tasks.map(({ name }) => name));
  return tasks.map(task =>
    toPlanned(
      task,
      [...task.dependencies, ...namesIn(task.depends ?? '')].filter(name =>
        names.has(name),
      ),
    ),
  );
}

/** Each row begins when the one before has ended. */
function planOfRows(rows: readonly Task[][]): PlannedStep[] {
  return rows.flatMap((row, index) =>
    row.map(task =>
      toPlanned(
        task,
        (rows[index - 1] ?? []).map(({ name }) => name),
      ),
    ),
  );
}

function toPlanned(task: Task, dependsOn: string[]): PlannedStep {
  return {
    name: task.name,
    template: task.template ?? task.templateRef.template,
    dependsOn,
  };
}

/** `a && (b.Succeeded || !c.Failed)` names a, b and c. */
function namesIn(depends: string): string[] {
  return depends
    .split(/[\s&|!()]+/)
    .map(term => term.split('.')[0])
    .filter(Boolean);
}
