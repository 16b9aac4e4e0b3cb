import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';

interface Failure {
  /** HTTP status of an answer of the API server. */
  code?: number | string;
  /** Kubernetes' `Status` as JSON. */
  body?: unknown;
  message?: string;
  name?: string;
  cause?: unknown;
}

function statusMessage(failure: Failure): string {
  let body = failure.body;
  if (typeof body === 'string') {
    try {
      body = JSON.parse(body);
    } catch {
      return '';
    }
  }
  const message = (body as { message?: unknown } | undefined)?.message;
  return typeof message === 'string' ? message : '';
}

/**
 * Turns what the Kubernetes client throws into an error that says what happened,
 * to what, and what to do. Headers and credentials stay out of it.
 *
 * @param thrown - whatever was thrown
 * @param cluster - name and address for the sentence
 * @param doing - for example `apply AppProject argocd/shop-project`
 */
export function clusterFailure(
  thrown: unknown,
  cluster: { name: string; server: string },
  doing: string,
): Error {
  const failure = (thrown ?? {}) as Failure;
  const where = `cluster "${cluster.name}" (${cluster.server})`;
  const said = statusMessage(failure);

  if (typeof failure.code === 'number') {
    switch (failure.code) {
      case 401:
        return new AuthenticationError(
          `The ${where} does not accept the account of delivery.clusters; ask your platform team to renew its kubeconfig`,
        );
      case 403:
        return new NotAllowedError(
          `The ${where} does not let the account ${doing}: ${said}. Ask your platform team to apply platform/rbac`,
        );
      case 409:
        return new ConflictError(
          `The ${where} refuses to ${doing}, because somebody else manages it: ${said}. Choose another name, or remove that object first`,
        );
      case 400:
      case 422:
        return new InputError(
          `The ${where} refuses to ${doing}: ${said || `HTTP ${failure.code}`}`,
        );
      case 404:
        return new ServiceUnavailableError(
          `The ${where} cannot ${doing}, because the kind or the namespace is not there: ${
            said || 'not found'
          }. Ask your platform team whether Argo CD is installed and has started`,
        );
      default:
        return new ServiceUnavailableError(
          `The ${where} could not ${doing}: ${
            said || `HTTP ${failure.code}`
          }. Try again in a minute`,
        );
    }
  }

  const reason =
    failure.name === 'AbortError' || failure.name === 'TimeoutError'
      ? 'no answer in time'
      : failure.message || String(thrown);
  return new ServiceUnavailableError(
    `The ${where} does not answer (${reason}), so nothing can be set up there. Check that it runs, or ask your platform team; then try again`,
  );
}
