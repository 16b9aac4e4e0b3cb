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

/** How many there are. */
const NUMBERS = new Set(['count', 'number']);

const isNumber = (name: string) => NUMBERS.has(name);

/** The values that a message has to have: its form for one may say the number or not. */
function needed(key: string, text: string): Set<string> {
  const names = placeholders(text);
  if (!key.endsWith('_one')) {
    return new Set(names);
  }
  const ofOther = placeholders(english[key.replace(/_one$/, '_other')]);
  return new Set(
    names.filter(name => !(isNumber(name) && ofOther.includes(name))),
  );
}

/** Words that stood for the same thing as another one. */
const SECOND_WORDS: Record<string, RegExp> = {
  de: /Eigentümer|Zuständige/,
  fr: /demandez à son propriétaire/,
  ja: /昇格/,
};

describe.each(Object.entries({ de, es, fr, ja }))('%s', (language, given) => {
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
      const wanted = needed(key, english[key] ?? text);
      const found = needed(key, text);
      return (
        wanted.size !== found.size || [...wanted].some(name => !found.has(name))
      );
    });
    expect(differing).toEqual([]);
  });

  it('says how many there are where none has the form for one', () => {
    const isFormOfNone = new Intl.PluralRules(language).select(0) === 'one';
    const silent = Object.entries(messages).filter(
      ([key, text]) =>
        isFormOfNone &&
        key.endsWith('_one') &&
        !placeholders(text).some(isNumber),
    );
    expect(silent).toEqual([]);
  });

  it('has one word for one thing', () => {
    const mixed = Object.entries(messages).filter(([, text]) =>
      SECOND_WORDS[language]?.test(text),
    );
    expect(mixed).toEqual([]);
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
  ['de', ['Es gibt noch keine Pipeline.', 'noch keine', 'noch keiner']],
  [
    'fr',
    [
      "Il n'y a pas encore de pipeline.",
      "aucun pour l'instant",
      "aucune pour l'instant",
    ],
  ],
  ['es', ['Todavía no hay pipeline.', 'todavía ninguno', 'todavía ninguna']],
  ['ja', ['パイプラインはまだありません。', 'まだなし']],
])('is spoken by an app that has the resource: %s', async (language, texts) => {
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
  for (const text of texts) {
    expect((await screen.findAllByText(text))[0]).toBeVisible();
  }
});
