import { CustomErrorBase } from '@backstage/errors';

/** Answered as 405: the path exists, this method does not. */
export class MethodNotAllowedError extends CustomErrorBase {
  name = 'MethodNotAllowedError' as const;
  readonly statusCode = 405;
}
