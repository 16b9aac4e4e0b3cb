const PARAMETERS = 'scaffolder.defaultEnvironment.parameters';

/**
 * What templates/create-app cannot do without: a test compares it with docs/reference.md.
 * `ingressDomain` is needed only where an application is published.
 */
export const requiredParameters = [
  'gitProvider',
  'gitHost',
  'gitOwner',
  'awsAccountId',
  'awsRegion',
  'hubHostname',
];

/** Hosts and credentials of one kind of Git server, as Backstage reads them. */
const gitServers = {
  github: {
    credentials: 'a token or apps',
    hasCredentials: ({ token, apps }) => Boolean(token || apps?.length),
  },
  gitea: {
    credentials: 'a username and a password',
    hasCredentials: ({ username, password }) => Boolean(username && password),
  },
};

function missingIntegration(integrations, { gitProvider, gitHost }) {
  const server = gitServers[gitProvider];
  if (!server) {
    return `${PARAMETERS}.gitProvider: github or gitea`;
  }
  const found = [integrations?.[gitProvider] ?? []]
    .flat()
    .find(({ host = 'github.com' }) => host === gitHost);
  return found && server.hasCredentials(found)
    ? undefined
    : `integrations.${gitProvider}: an entry with the host ${gitHost} and ${server.credentials}`;
}

/**
 * What the configuration lacks for the template `create-app`, whose first step would
 * fail without it.
 *
 * @param config - all of it, as one object
 * @returns keys, each with what belongs there where that is not plain
 */
export function missingForCreate(config) {
  const parameters = config.scaffolder?.defaultEnvironment?.parameters ?? {};
  const missing = requiredParameters
    .filter(name => (parameters[name] ?? '') === '')
    .map(name => `${PARAMETERS}.${name}`);
  const integration =
    parameters.gitProvider && parameters.gitHost
      ? missingIntegration(config.integrations, parameters)
      : 'integrations.github or integrations.gitea: an entry for the Git host';
  return integration ? [...missing, integration] : missing;
}
