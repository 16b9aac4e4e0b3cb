import type { z as zod } from 'zod/v3';

type Z = typeof zod;

/** Schema fields that several actions share. Zod comes from the scaffolder. */
export const fields = {
  name: (z: Z) =>
    z.string().describe('Name of the application, for example `shop`'),
  namespace: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Namespace of the team. Default: `team-<name>`'),
  cluster: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'Name of a cluster in `delivery.clusters`. Default: the first one',
      ),
  hubServer: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'Cluster of the pipelines as it is registered in Argo CD: an address, or with Argo CD as EKS Capability the ARN of the EKS cluster. Default: `https://kubernetes.default.svc`',
      ),
  environments: (z: Z) => {
    // Made anew for every use: of a shared one the JSON schema has a $ref, which the scaffolder cannot follow.
    const environment = () =>
      z
        .object({
          server: z
            .string()
            .optional()
            .describe(
              'Cluster as it is registered in Argo CD: an address, or the ARN of an EKS cluster. Default: `hubServer`',
            ),
          namespace: z
            .string()
            .optional()
            .describe(
              'Default: the namespace of the team and `-dev` or `-prod`',
            ),
        })
        .optional();
    return z
      .object({ dev: environment(), prod: environment() })
      .optional()
      .describe('Where dev and prod run');
  },
  git: (z: Z) =>
    z
      .object({
        provider: z.enum(['gitea', 'github', 'gitlab']),
        protocol: z.enum(['http', 'https']),
        hostname: z
          .string()
          .describe('Host of the Git server, with its port if it has one'),
        owner: z.string().describe('Organisation, group or user'),
      })
      .describe(
        'Where the repository is: output `git` of `delivery:app:check`',
      ),
};
