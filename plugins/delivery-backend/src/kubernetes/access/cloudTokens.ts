import { loadedOnce } from './loadedOnce';
import { TokenIssuer } from './RenewedToken';

/** What is needed of `google-auth-library`. */
export interface GoogleClient {
  getAccessToken(): Promise<{ token?: string | null }>;
  credentials: { expiry_date?: number | null };
}

/** What is needed of `@azure/identity`. */
export interface AzureCredential {
  getToken(
    scope: string,
  ): Promise<{ token: string; expiresOnTimestamp: number } | null>;
}

/**
 * Tokens for Google Kubernetes Engine, of a service account of Google.
 *
 * @param client - Default: of the given key, else of the environment
 */
export function googleTokens(
  key: string | undefined,
  client: () => Promise<GoogleClient> = () => googleClient(key),
): TokenIssuer {
  const loaded = loadedOnce(client);
  return async () => {
    const google = await loaded();
    const { token } = await google.getAccessToken();
    if (!token) {
      throw new Error('Google issues no access token');
    }
    // The library keeps its token until shortly before the end.
    return { token, lifetimeMs: lifetime(google.credentials.expiry_date) };
  };
}

/** Scope of the API servers of all Azure Kubernetes Service clusters. */
const AKS = '6dae42f8-4368-4678-94ff-3960e28e3630/.default';

/**
 * Tokens for Azure Kubernetes Service with Entra ID.
 *
 * @param credential - Default: of the environment, as `DefaultAzureCredential` finds it
 */
export function azureTokens(
  credential: () => Promise<AzureCredential> = azureCredential,
): TokenIssuer {
  const loaded = loadedOnce(credential);
  return async () => {
    const issued = await (await loaded()).getToken(AKS);
    if (!issued) {
      throw new Error('Azure issues no access token');
    }
    return {
      token: issued.token,
      lifetimeMs: lifetime(issued.expiresOnTimestamp),
    };
  };
}

/** The libraries are large and few need them. */
async function googleClient(key?: string): Promise<GoogleClient> {
  const { GoogleAuth } = await import('google-auth-library');
  return new GoogleAuth({
    credentials: key ? parseKey(key) : undefined,
    scopes: ['https://www.googleapis.com/auth/cloud-platform'],
  }).getClient();
}

function parseKey(key: string) {
  try {
    return JSON.parse(key);
  } catch {
    // The parser's own words would quote the key.
    throw new Error('kubernetes.googleServiceAccountCredentials is not JSON');
  }
}

async function azureCredential(): Promise<AzureCredential> {
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new DefaultAzureCredential();
}

/** Until a point in time, in milliseconds since 1970. */
function lifetime(endsAt: number | null | undefined): number {
  return Math.max((endsAt ?? 0) - Date.now(), 0);
}
