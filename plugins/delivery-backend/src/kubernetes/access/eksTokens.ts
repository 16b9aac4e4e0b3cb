import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { loadedOnce } from './loadedOnce';
import { TokenIssuer } from './RenewedToken';

export interface EksTokensOptions {
  /** Asked for once. */
  credentials: () => Promise<AwsCredentialsManager>;
  /** Name of the cluster in EKS. */
  clusterId: string;
  /** ARN of a role to take on first. */
  assumeRole?: string;
  externalId?: string;
  /** Region of STS. Default: `AWS_REGION`, else `us-east-1`. */
  region?: string;
}

/** How long EKS accepts a token after it was signed, whatever its URL says. */
const LIFETIME_MS = 15 * 60_000;
/** Seconds within which the URL itself may be called; aws-iam-authenticator's choice. */
const URL_LIFETIME_S = 60;

/**
 * Tokens for Amazon EKS: each is a signed request that asks STS who signs it, for EKS to
 * send. Signing calls nobody; taking on a role calls STS.
 *
 * @see https://github.com/kubernetes-sigs/aws-iam-authenticator
 */
export function eksTokens(options: EksTokensOptions): TokenIssuer {
  const { clusterId } = options;
  const region = options.region ?? process.env.AWS_REGION ?? 'us-east-1';
  const domain = region.startsWith('cn-')
    ? 'amazonaws.com.cn'
    : 'amazonaws.com';
  const host = `sts.${region}.${domain}`;
  const manager = loadedOnce(options.credentials);
  return async () => {
    // Large libraries that few need.
    const { SignatureV4 } = await import('@smithy/signature-v4');
    const { Sha256 } = await import('@aws-crypto/sha256-js');
    const signer = new SignatureV4({
      credentials: await signingCredentials(await manager(), options, region),
      region,
      service: 'sts',
      sha256: Sha256,
    });
    const { path, query = {} } = await signer.presign(
      {
        method: 'GET',
        protocol: 'https:',
        hostname: host,
        path: '/',
        headers: { host, 'x-k8s-aws-id': clusterId },
        query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      },
      { expiresIn: URL_LIFETIME_S },
    );
    const search = Object.entries(query)
      .map(pair => pair.map(part => encodeURIComponent(String(part))).join('='))
      .join('&');
    const url = `https://${host}${path}?${search}`;
    return {
      token: `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`,
      lifetimeMs: LIFETIME_MS,
    };
  };
}

/** As Backstage: of the role's own account where one is configured, else of the main one. */
async function signingCredentials(
  credentials: AwsCredentialsManager,
  { assumeRole, externalId }: EksTokensOptions,
  region: string,
) {
  if (!assumeRole) {
    return (await credentials.getCredentialProvider()).sdkCredentialProvider;
  }
  const { sdkCredentialProvider: masterCredentials } = await credentials
    .getCredentialProvider({ arn: assumeRole })
    .catch(error => {
      if (/no AWS integration that matches/.test(String(error))) {
        return credentials.getCredentialProvider();
      }
      throw error;
    });
  const { fromTemporaryCredentials } = await import(
    '@aws-sdk/credential-providers'
  );
  return fromTemporaryCredentials({
    masterCredentials,
    clientConfig: { region },
    params: {
      RoleArn: assumeRole,
      RoleSessionName: 'backstage-delivery',
      ExternalId: externalId,
    },
  });
}
