import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { openApi } from '../src/router/openApi';

/** Writes `openapi.yaml` from the schemas: `yarn openapi`. */
writeFileSync(
  path.resolve(__dirname, '../openapi.yaml'),
  stringify(openApi(), {
    aliasDuplicateObjects: false,
    lineWidth: 0,
    singleQuote: true,
  }),
);
