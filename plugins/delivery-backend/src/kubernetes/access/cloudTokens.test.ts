import { azureTokens, googleTokens } from './cloudTokens';

const NOW = Date.UTC(2026, 10, 24);

beforeEach(() => jest.spyOn(Date, 'now').mockReturnValue(NOW));
afterEach(() => jest.restoreAllMocks());

it('of Google live as long as the library says', async () => {
  const load = jest.fn(async () => ({
    getAccessToken: async () => ({ token: 'google' }),
    credentials: { expiry_date: NOW + 3_600_000 },
  }));
  const tokens = googleTokens(undefined, load);
  await tokens();
  expect(await tokens()).toEqual({ token: 'google', lifetimeMs: 3_600_000 });
  expect(load).toHaveBeenCalledTimes(1);
});

it('of Google that cannot be had say why, and not what is in a broken key', async () => {
  const none = googleTokens(undefined, async () => ({
    getAccessToken: async () => ({ token: null }),
    credentials: {},
  }));
  await expect(none()).rejects.toThrow('Google issues no access token');
  const failure = googleTokens('{"private_key":"canary')();
  await expect(failure).rejects.toThrow(
    'kubernetes.googleServiceAccountCredentials is not JSON',
  );
  await expect(failure).rejects.not.toThrow(/canary/);
});

it('of Azure are for the API servers of AKS', async () => {
  const getToken = jest.fn(async () => ({
    token: 'azure',
    expiresOnTimestamp: NOW + 60_000,
  }));
  const tokens = azureTokens(async () => ({ getToken }));
  expect(await tokens()).toEqual({ token: 'azure', lifetimeMs: 60_000 });
  expect(getToken).toHaveBeenCalledWith(
    '6dae42f8-4368-4678-94ff-3960e28e3630/.default',
  );
  const none = azureTokens(async () => ({ getToken: async () => null }));
  await expect(none()).rejects.toThrow('Azure issues no access token');
});
