import { getEntitySourceLocation, type Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { ScmIntegrationRegistry } from '@backstage/integration';
import { connectGitHost } from '@golden-path/plugin-delivery-node';
import gitUrlParse from 'git-url-parse';
import type { GitRepositories, GitRepository } from './GitRepository';
import { OctokitRepository } from './OctokitRepository';

/** Repositories on the Git hosts of the portal's `integrations`. */
export class IntegrationRepositories implements GitRepositories {
  constructor(private readonly integrations: ScmIntegrationRegistry) {}

  async byUrl(url: string): Promise<GitRepository> {
    const address = addressOf(url);
    const connection =
      address && (await connectGitHost(this.integrations, address));
    if (!connection) {
      throw new InputError(
        `The repository is on "${
          address?.host ?? 'no Git host'
        }", which is in neither integrations.github nor integrations.gitea of the app-config; ask your platform team to add it`,
      );
    }
    return new OctokitRepository(connection, address.owner, address.name);
  }

  async ofEntity(entity: Entity): Promise<GitRepository | undefined> {
    const url = sourceUrlOf(entity);
    const address = url && addressOf(url);
    return address && (await connectGitHost(this.integrations, address))
      ? this.byUrl(url)
      : undefined;
  }
}

function sourceUrlOf(entity: Entity): string | undefined {
  try {
    const { type, target } = getEntitySourceLocation(entity);
    return type === 'url' ? target : undefined;
  } catch {
    return undefined;
  }
}

/** Takes an address apart; credentials in it are not used. */
function addressOf(url: string) {
  try {
    const { resource, port, owner, name } = gitUrlParse(url);
    const host = port ? `${resource}:${port}` : resource;
    return owner && name && resource ? { host, owner, name } : undefined;
  } catch {
    return undefined;
  }
}
