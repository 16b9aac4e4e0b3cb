import type { HttpAuthService } from '@backstage/backend-plugin-api';
import type { OperationOutcome } from '@golden-path/plugin-delivery-common';
import express from 'express';
import { readParams } from '../params';
import { operate, type OperateOptions } from './operate';
import { readOperation } from './readOperation';

export interface OperateRouteOptions extends OperateOptions {
  httpAuth: HttpAuthService;
}

/** Path of {@link addOperateRoute}. */
export const OPERATE_PATH =
  '/v1/entities/:kind/:namespace/:name/delivery/operations';

/** The one route that changes something. What it leads to comes on the event stream. */
export function addOperateRoute(
  router: express.Router,
  options: OperateRouteOptions,
): void {
  const { httpAuth } = options;

  router.post(
    OPERATE_PATH,
    express.json({ limit: '16kb' }),
    async (request, response) => {
      const answer = await operate(
        {
          ref: readParams(request.params),
          asked: readOperation(request.body),
          request,
          credentials: () => httpAuth.credentials(request, { allow: ['user'] }),
        },
        options,
      );
      response.json(answer satisfies OperationOutcome);
    },
  );
}
