import { createHash, createHmac } from 'node:crypto';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { eksTokens, EksTokensOptions } from './eksTokens';

jest.mock('@aws-sdk/credential-providers', () => ({
  fromTemporaryCredentials: jest.fn(),
}));

const identity = (accessKeyId: string) => ({
  accessKeyId,
  secretAccessKey: `secret of ${accessKeyId}`,
});

const manager =
  (found: (arn?: string) => string): EksTokensOptions['credentials'] =>
  async () => ({
    getCredentialProvider: async options => ({
      sdkCredentialProvider: async () => identity(found(options?.arn)),
    }),
  });

async function issue(options: Partial<EksTokensOptions> = {}) {
  const { token, lifetimeMs } = await eksTokens({
    clusterId: 'hub/eu',
    region: 'eu-west-1',
    credentials: manager(() => 'MAIN'),
    ...options,
  })();
  const [prefix, encoded] = token.split('.');
  expect(prefix).toBe('k8s-aws-v1');
  expect(encoded).toMatch(/^[\w-]+$/);
  expect(lifetimeMs).toBe(15 * 60_000);
  return new URL(Buffer.from(encoded, 'base64url').toString());
}

/** Signature version 4, as AWS describes it for a request whose query is signed. */
function signatureOf(url: URL, secret: string, clusterId: string): string {
  const query = new URLSearchParams(url.search);
  query.delete('X-Amz-Signature');
  query.sort();
  const encode = (text: string) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      each => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  const date = query.get('X-Amz-Date')!;
  const scope = query.get('X-Amz-Credential')!.split('/').slice(1);
  const sha256 = (text: string) =>
    createHash('sha256').update(text).digest('hex');
  const request = [
    'GET',
    '/',
    [...query]
      .map(([key, value]) => `${encode(key)}=${encode(value)}`)
      .join('&'),
    `host:${url.host}`,
    `x-k8s-aws-id:${clusterId}`,
    '',
    'host;x-k8s-aws-id',
    sha256(''),
  ].join('\n');
  const key = scope.reduce<Buffer | string>(
    (signer, part) => createHmac('sha256', signer).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac('sha256', key)
    .update(
      ['AWS4-HMAC-SHA256', date, scope.join('/'), sha256(request)].join('\n'),
    )
    .digest('hex');
}

it('are signed requests for who signs, bound to the cluster', async () => {
  const url = await issue();
  expect(url.origin).toBe('https://sts.eu-west-1.amazonaws.com');
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    Action: 'GetCallerIdentity',
    Version: '2011-06-15',
    'X-Amz-Credential': expect.stringMatching(/^MAIN\/\d{8}\/eu-west-1\/sts\//),
    'X-Amz-Expires': '60',
    'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
  });
  const signature = url.searchParams.get('X-Amz-Signature');
  expect(signature).toBe(signatureOf(url, 'secret of MAIN', 'hub/eu'));
  expect(signature).not.toBe(signatureOf(url, 'secret of MAIN', 'other'));
});

it('take the region from the environment, and know China', async () => {
  jest.replaceProperty(process, 'env', { AWS_REGION: 'cn-north-1' });
  expect((await issue({ region: undefined })).host).toBe(
    'sts.cn-north-1.amazonaws.com.cn',
  );
  jest.replaceProperty(process, 'env', {});
  expect((await issue({ region: undefined })).host).toBe(
    'sts.us-east-1.amazonaws.com',
  );
  jest.restoreAllMocks();
});

describe('of a role', () => {
  const role = {
    assumeRole: 'arn:aws:iam::123456789012:role/r',
    externalId: 'x',
  };
  const taken = jest.mocked(fromTemporaryCredentials);
  const masters = async () => {
    const { masterCredentials } = taken.mock.lastCall![0];
    return (masterCredentials as () => Promise<{ accessKeyId: string }>)();
  };

  beforeEach(() =>
    taken.mockReset().mockReturnValue(async () => identity('ROLE')),
  );

  it("are signed after taking it on, with its own account's credentials", async () => {
    const credentials = manager(arn => arn ?? 'MAIN');
    const url = await issue({ ...role, credentials });
    expect(url.searchParams.get('X-Amz-Credential')).toMatch(/^ROLE\//);
    expect(taken.mock.lastCall![0]).toMatchObject({
      clientConfig: { region: 'eu-west-1' },
      params: { RoleArn: role.assumeRole, ExternalId: 'x' },
    });
    expect(await masters()).toMatchObject({ accessKeyId: role.assumeRole });
  });

  const refusing = (message: string): EksTokensOptions['credentials'] => {
    const getCredentialProvider: AwsCredentialsManager['getCredentialProvider'] =
      async options => {
        if (options?.arn) {
          throw new Error(message);
        }
        return { sdkCredentialProvider: async () => identity('MAIN') };
      };
    return async () => ({ getCredentialProvider });
  };

  it('of an account that is not configured takes the main credentials', async () => {
    const credentials = refusing(
      'There is no AWS integration that matches 123456789012.',
    );
    await issue({ ...role, credentials });
    expect(await masters()).toMatchObject({ accessKeyId: 'MAIN' });
    await expect(
      issue({ ...role, credentials: refusing('broken') }),
    ).rejects.toThrow('broken');
  });
});

it('ask for credentials again when there were none', async () => {
  const credentials = jest
    .fn(manager(() => 'MAIN'))
    .mockRejectedValueOnce(new Error('not yet'));
  const tokens = eksTokens({ clusterId: 'hub', credentials });
  await expect(tokens()).rejects.toThrow('not yet');
  await tokens();
  await tokens();
  expect(credentials).toHaveBeenCalledTimes(2);
});
