import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import type { ApiRef, FrontendFeature } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import notificationsPlugin from '@backstage/plugin-notifications/alpha';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import searchPlugin from '@backstage/plugin-search/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import deliveryPlugin, { deliveryApiRef } from '@golden-path/plugin-delivery';
import scaffolderDeliveryModule from '@golden-path/plugin-scaffolder-module-delivery';
import { render } from '@testing-library/react';
import { parse } from 'yaml';
import { features } from '../App';
import { decide } from './decide';
import type { Policy } from './decide';
import { deliveryApi, entities } from './deliveries';

/** Reads a YAML file of the repository. */
export function fileOf(path: string): string {
  return readFileSync(join(__dirname, '../../../..', path), 'utf8');
}

function replace<T>(
  pluginId: string,
  name: string | undefined,
  ref: ApiRef<T>,
  api: NoInfer<T>,
): FrontendFeature {
  return createFrontendModule({
    pluginId,
    extensions: [
      ApiBlueprint.make({
        name,
        params: defineParams =>
          defineParams({ api: ref, deps: {}, factory: () => api as never }),
      }),
    ],
  });
}

/**
 * Opens the portal of `npm start`, with its app-config.yaml and no backend.
 *
 * @param options - `extensions`: more of `app.extensions`; `answers`: of backends, by path
 * @returns what permissions were asked for
 */
export function openPortal(
  path: string,
  options: {
    policy?: Policy;
    extensions?: object[];
    answers?: Record<string, object>;
  } = {},
) {
  const { policy = {}, extensions = [], answers = {} } = options;
  const asked = jest.fn();
  const discovered = [
    deliveryPlugin,
    notificationsPlugin,
    scaffolderDeliveryModule,
    scaffolderPlugin,
    searchPlugin,
    signalsPlugin,
    userSettingsPlugin,
    replace('catalog', undefined, catalogApiRef, catalogApiMock({ entities })),
    replace('delivery', undefined, deliveryApiRef, deliveryApi),
    replace('app', 'permission', permissionApiRef, decide(policy, asked)),
    replace('app', 'fetch', fetchApiRef, {
      fetch: async input => {
        const { pathname } = new URL(new Request(input).url);
        const answer = answers[pathname];
        return Response.json(answer ?? {}, { status: answer ? 200 : 404 });
      },
    }),
  ];
  // Where the bundler puts what `app.packages: all` finds.
  Object.assign(window, {
    '__@backstage/discovered__': {
      modules: discovered.map((feature, index) => ({
        name: String(index),
        default: feature,
      })),
    },
  });
  const data = parse(fileOf('app-config.yaml'));
  data.app.baseUrl = 'http://localhost';
  data.app.extensions.push({ 'sign-in-page:app': false }, ...extensions);
  const config = document.createElement('script');
  config.type = 'backstage.io/config';
  config.textContent = JSON.stringify([{ context: 'app-config.yaml', data }]);
  document.head.replaceChildren(config);
  window.history.replaceState({}, '', path);
  render(createApp({ features }).createRoot());
  return asked;
}
