import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { parse } from 'yaml';

/** The input of a documented example's only step. */
export function exampleInput(example: TemplateExample): Record<string, any> {
  return parse(example.example).steps[0].input;
}
