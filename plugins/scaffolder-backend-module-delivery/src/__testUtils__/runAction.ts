import { TemplateAction } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { validate } from 'jsonschema';

/** What became of an action. */
export interface ActionRun {
  output: Record<string, any>;
  log: string[];
  checkpoints: string[];
}

/**
 * Runs an action as the scaffolder does: input checked against its schema, output
 * collected and checked as well, checkpoints remembered.
 */
export async function runAction(
  action: TemplateAction<any, any, any>,
  input: object,
  options: {
    workspacePath: string;
    isDryRun?: boolean;
    /** Values of checkpoints that an earlier run reached. */
    reached?: Record<string, unknown>;
  },
): Promise<ActionRun> {
  expect(validate(input, action.schema!.input!).errors).toEqual([]);
  const run: ActionRun = { output: {}, log: [], checkpoints: [] };
  const context = createMockActionContext({
    input: input as any,
    workspacePath: options.workspacePath,
  });
  for (const level of ['info', 'warn'] as const) {
    context.logger[level] = (message: string) => {
      run.log.push(message);
    };
  }
  await action.handler({
    ...context,
    isDryRun: options.isDryRun,
    output: (name: any, value: any) => {
      run.output[name] = value;
    },
    async checkpoint({ key, fn }: any) {
      if (options.reached && key in options.reached) {
        return options.reached[key];
      }
      const value = await fn();
      run.checkpoints.push(key);
      return value;
    },
  } as any);
  expect(validate(run.output, action.schema!.output!).errors).toEqual([]);
  return run;
}
