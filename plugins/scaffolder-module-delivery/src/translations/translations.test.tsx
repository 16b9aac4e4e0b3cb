import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder/alpha';
import { scaffolderApiRef } from '@backstage/plugin-scaffolder-react';
import { configure, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { scaffolderDeliveryTranslations } from '.';
import scaffolderDeliveryModule from '..';
import { formAsking, taken } from '../__testUtils__/form';
import { messages as english } from '../translation';
import de from './de';
import es from './es';
import fr from './fr';
import ja from './ja';

// The whole app, loaded piece by piece.
jest.setTimeout(180_000);
configure({ asyncUtilTimeout: 60_000 });

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name).sort();
const valuesOf = (messages: object) =>
  Object.fromEntries(
    Object.entries(messages).map(([key, text]) => [key, placeholders(text)]),
  );

describe.each(Object.entries({ de, es, fr, ja }))('%s', (_language, given) => {
  it('has every message and no other, with the same values in each', () => {
    expect(valuesOf(given.messages)).toEqual(valuesOf(english));
  });

  it('says something in each', () => {
    expect(
      Object.entries(given.messages).filter(([, text]) => !text?.trim()),
    ).toEqual([]);
  });
});

it('is spoken by an app that has the resource', async () => {
  renderTestApp({
    features: [
      scaffolderPlugin,
      scaffolderDeliveryModule,
      createFrontendModule({
        pluginId: 'app',
        extensions: [
          TranslationBlueprint.make({
            name: 'scaffolder-delivery',
            params: { resource: scaffolderDeliveryTranslations },
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
                availableLanguages: ['en', 'de'],
                defaultLanguage: 'de',
              },
            },
          },
        ],
      },
    },
    initialRouteEntries: ['/create/templates/default/create-app'],
    apis: [
      [catalogApiRef, catalogApiMock({ entities: [taken] })],
      [scaffolderApiRef, formAsking],
    ],
  });
  const user = userEvent.setup();
  const field = await screen.findByRole('textbox', { name: /Name/ });
  await screen.findByText(/Pflichtfeld/);
  await user.type(field, 'taken');
  await user.click(screen.getByRole('button', { name: 'Next' }));
  expect(
    await screen.findAllByText(
      'Der Katalog hat schon eine Komponente „taken“. Wählen Sie einen anderen Namen.',
    ),
  ).not.toHaveLength(0);
});
