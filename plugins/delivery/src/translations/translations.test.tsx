import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { sentences } from '@golden-path/plugin-delivery-common';
import { screen } from '@testing-library/react';
import { deliveryTranslations } from '.';
import plugin, { deliveryApiRef } from '..';
import { fleetPage, fleetRows } from '../__fixtures__/fleet';
import { dora } from '../__fixtures__/past';
import type { DeliveryApi } from '../api';
import { deliveryWords } from '../translation';
import de from './messages/de.json';
import es from './messages/es.json';
import fr from './messages/fr.json';
import ja from './messages/ja.json';

// Whole apps are rendered.
jest.setTimeout(180_000);

const english: Record<string, string> = {
  ...deliveryWords,
  ...Object.fromEntries(
    Object.entries(sentences).map(([code, text]) => [`sentence.${code}`, text]),
  ),
};

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{([^}]+)\}\}/g)].map(([, value]) => value);
}

describe.each(Object.entries({ de, es, fr, ja }))('%s', (_language, given) => {
  const messages: Record<string, string> = given;

  it('has every message, and no other', () => {
    const keys = Object.keys(messages);
    expect({
      missing: Object.keys(english).filter(key => !keys.includes(key)),
      unknown: keys.filter(key => !(key in english)),
    }).toEqual({ missing: [], unknown: [] });
  });

  it('puts the same values into each', () => {
    const differing = Object.entries(messages).filter(([key, text]) => {
      const wanted = new Set(placeholders(english[key] ?? text));
      const found = new Set(placeholders(text));
      return (
        wanted.size !== found.size || [...wanted].some(name => !found.has(name))
      );
    });
    expect(differing).toEqual([]);
  });

  it('says something in each', () => {
    const silent = Object.entries(messages).filter(([, text]) => !text.trim());
    expect(silent).toEqual([]);
  });

  it('ends a sentence where English does', () => {
    const endless = Object.entries(messages).filter(
      ([key, text]) =>
        key.startsWith('sentence.') !== /[.。]$/.test(text) &&
        key.startsWith('sentence.'),
    );
    expect(endless).toEqual([]);
  });
});

const api: Pick<DeliveryApi, 'listDeliveries' | 'getDora' | 'listDora'> = {
  listDeliveries: async query => ({
    changed: true,
    list: fleetPage(fleetRows(6), query ?? {}),
  }),
  getDora: async () => dora(),
  listDora: async () => ({ items: [] }),
};

it.each([
  ['de', 'Es gibt noch keine Pipeline.'],
  ['fr', "Il n'y a pas encore de pipeline."],
  ['es', 'Todavía no hay pipeline.'],
  ['ja', 'パイプラインはまだありません。'],
])('is spoken by an app that has the resource: %s', async (language, text) => {
  renderTestApp({
    extensions: [plugin.getExtension('page:delivery')],
    features: [
      createFrontendModule({
        pluginId: 'app',
        extensions: [
          TranslationBlueprint.make({
            name: 'delivery',
            params: { resource: deliveryTranslations },
          }),
        ],
      }),
    ],
    config: {
      app: {
        extensions: [
          {
            'api:app/app-language': {
              config: {
                availableLanguages: ['en', language],
                defaultLanguage: language,
              },
            },
          },
        ],
      },
    },
    apis: [
      [deliveryApiRef, api],
      [catalogApiRef, catalogApiMock()],
    ],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    initialRouteEntries: ['/delivery'],
  });
  expect(await screen.findByText(text)).toBeVisible();
});
