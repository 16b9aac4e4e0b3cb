import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { missingForCreate, requiredParameters } from './missingForCreate.mjs';

const read = path =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** Of docs/install.md: what it says is what this checks. */
const documented = parse(
  read('docs/install.md').match(
    /```yaml\n(scaffolder:\n {2}defaultEnvironment:[\s\S]*?)```/,
  )[1],
);
const github = [{ host: 'github.com', token: 'not one' }];

describe('missingForCreate', () => {
  it('is content with what docs/install.md gives', () => {
    expect(
      missingForCreate({ ...documented, integrations: { github } }),
    ).toEqual([]);
  });

  it('names every key, and the Git host', () => {
    expect(missingForCreate({ integrations: {} })).toEqual([
      ...requiredParameters.map(
        name => `scaffolder.defaultEnvironment.parameters.${name}`,
      ),
      'integrations.github or integrations.gitea: an entry for the Git host',
    ]);
  });

  it('wants credentials for the host of the template', () => {
    const missing = integrations =>
      missingForCreate({ ...documented, integrations });
    const wanted = [
      'integrations.github: an entry with the host github.com and a token or apps',
    ];
    expect(missing(undefined)).toEqual(wanted);
    expect(missing({ github: [{ host: 'github.com' }] })).toEqual(wanted);
    expect(
      missing({ github: [{ host: 'ghe.example.com', token: 'not one' }] }),
    ).toEqual(wanted);
    // Backstage takes an entry without a host for github.com.
    expect(missing({ github: [{ apps: [{ appId: 1 }] }] })).toEqual([]);
  });

  it('knows GitHub and Gitea', () => {
    const on = (gitProvider, integrations) => {
      const { parameters } = documented.scaffolder.defaultEnvironment;
      return missingForCreate({
        scaffolder: {
          defaultEnvironment: { parameters: { ...parameters, gitProvider } },
        },
        integrations,
      });
    };
    expect(on('gitlab', { github })).toEqual([
      'scaffolder.defaultEnvironment.parameters.gitProvider: github or gitea',
    ]);
    expect(on('gitea', { github })).toEqual([
      'integrations.gitea: an entry with the host github.com and a username and a password',
    ]);
  });

  it('wants what docs/reference.md calls required, and the template reads it', () => {
    const [, table] = read('docs/reference.md').match(
      /### Parameters of the template\n([\s\S]*?)\n##/,
    );
    const documentedAsRequired = [
      ...table.matchAll(/^\| (`.*?) +\|.*\| required +\|$/gm),
    ].flatMap(([, names]) => names.replaceAll('`', '').split(', '));
    expect(documentedAsRequired.sort()).toEqual([...requiredParameters].sort());
    const template = read('templates/create-app/template.yaml');
    for (const name of requiredParameters) {
      expect(template).toContain(`environment.parameters.${name} `);
    }
  });
});
